"""Any .xlsx file: read within bounds, and edited without touching anything else."""

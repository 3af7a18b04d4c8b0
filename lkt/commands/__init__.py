"""What the commands do, as plain functions: they read and write files, and decide nothing about figures."""

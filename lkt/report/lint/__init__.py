"""What is wrong with a template for the fields there are, found by reading it, before anything is filled in."""

"""What is wrong with a template for the fields there are, found before anything is filled in."""

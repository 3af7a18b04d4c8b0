"""What lkt is measured against: the scripts that one would write without it, and equal templates for them."""

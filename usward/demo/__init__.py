"""A demo couple with a year of life, on two phones side by side: act left, watch right."""

"""What French says of strikes: who was hit, by what, how many, told in which words."""

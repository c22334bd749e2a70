"""What is measured: commands that print a table and write `build/bench.json`, beside other programs in the same run."""

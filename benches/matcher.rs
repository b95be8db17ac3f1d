//! Benchmark of the matcher.

fn main() {}

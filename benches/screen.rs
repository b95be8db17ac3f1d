//! Benchmark of the screen.

fn main() {}

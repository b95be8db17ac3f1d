//! The binary: an exit status, nothing else.

fn main() {}

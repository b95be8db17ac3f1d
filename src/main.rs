//! The binary: an exit status, nothing else.

use falseface::cli::{Exit, run};

fn main() -> Exit {
    run(std::env::args_os())
}

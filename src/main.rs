//! The binary: an exit status, nothing else.

use falseface::cli::{Exit, run};

// A dossier is hundreds of small strings that are made and dropped within a tenth of a millisecond, which took a
// system's allocator a tenth of a scan.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Exit {
    run(std::env::args_os())
}

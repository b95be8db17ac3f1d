//! Work in chunks: while one chunk is worked on, what became of the one before is taken in and the one after is
//! gathered. Results leave in the order of the work, whatever the number of threads.

use super::halt::Halt;
use rayon::ThreadPool;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// Pieces that one thread takes at once; a longer share keeps the others waiting at the end of a chunk.
const SHARE: usize = 4;

/// Who works: this thread alone, or several.
#[derive(Debug)]
pub(super) struct Crew(Option<ThreadPool>);

impl Crew {
    /// So many threads; 0 means one for each processor.
    pub(super) fn new(threads: usize) -> Result<Self, Halt> {
        if threads == 1 {
            return Ok(Self(None));
        }
        Ok(Self(Some(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?)))
    }

    /// Does something that shares its own work out, on no more threads than these.
    pub(super) fn within<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Halt> {
        match &self.0 {
            Some(pool) => Ok(pool.install(work)),
            None => Ok(rayon::ThreadPoolBuilder::new().num_threads(1).build()?.install(work)),
        }
    }

    /// Works on everything that `next` gives, until it gives nothing.
    ///
    /// # Errors
    /// Those of `take`.
    pub(super) fn run<T: Send, R: Send>(
        &self,
        mut next: impl FnMut() -> Vec<T> + Send,
        work: impl Fn(T) -> R + Sync,
        mut take: impl FnMut(Vec<R>) -> Result<(), Halt> + Send,
    ) -> Result<(), Halt> {
        let mut pieces = next();
        let Some(pool) = &self.0 else {
            while !pieces.is_empty() {
                take(pieces.into_iter().map(&work).collect())?;
                pieces = next();
            }
            return Ok(());
        };
        let work = |pieces: Vec<T>| -> Vec<R> { pieces.into_par_iter().with_max_len(SHARE).map(&work).collect() };
        pool.install(|| {
            let mut done = Vec::new();
            while !pieces.is_empty() {
                let chunk = std::mem::take(&mut pieces);
                // The thread that takes in and gathers is one of those that work: none waits for another.
                let (worked, taken) = rayon::join(
                    || work(chunk),
                    || {
                        let taken = take(std::mem::take(&mut done));
                        pieces = next();
                        taken
                    },
                );
                taken?;
                done = worked;
            }
            take(done)
        })
    }
}

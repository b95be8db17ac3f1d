//! A file that will be read, or why it will not: where its bytes are, and who reads them.
//!
//! Finding them is left to `inputs` and `walk`, opening them to `reader`.

use super::adapter::Adapter;
use super::detect::Passed;
use super::error::IngestError;
use super::options::Limits;
use super::recognise;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// One file that will be read, or why it will not.
pub(crate) struct Planned {
    /// How reports call it.
    pub(crate) name: String,
    pub(crate) plan: Plan,
    /// Bytes, where the system knows.
    pub(crate) size: u64,
}

/// What is to be done with a file.
pub(crate) enum Plan {
    /// Named and recognised: read by this adapter.
    Read { file: Source, adapter: &'static Adapter },
    /// Met in a walked folder: recognised when its turn comes.
    Recognise { path: PathBuf, forced: Option<&'static Adapter> },
    /// Met in a walked folder and no file, or not readable.
    Pass(Passed),
}

/// Where the bytes of a file are.
pub(crate) enum Source {
    /// A file, opened again when its turn comes.
    File(PathBuf),
    /// A pipe: already open, its first bytes already taken.
    Pipe { taken: Vec<u8>, rest: Box<dyn Read + Send> },
    /// A zip archive, opened again when its turn comes.
    Zip(PathBuf),
    /// What came through a pipe, in a private temporary file.
    Spooled(File),
    /// A zip archive that came through a pipe, in a private temporary file.
    SpooledZip(File),
    /// A folder that is an archive: its files, and what each is called in it.
    Folder { folder: PathBuf, files: Vec<(String, PathBuf)> },
}

/// The same files, to be read once more.
///
/// # Errors
/// If one is a pipe, or the system has no handle left.
pub(crate) fn again(planned: &[Planned]) -> Result<Vec<Planned>, IngestError> {
    let once_more = |file: &Planned| file.again().map_err(|error| IngestError::unreadable(&file.name, &error));
    planned.iter().map(once_more).collect()
}

impl Plan {
    /// The format whose files were gathered from all over a folder; a folder may hold several such inputs.
    pub(crate) fn gathered_by(&self) -> Option<&'static str> {
        match self {
            Self::Read { file: Source::Folder { .. }, adapter } => Some(adapter.name),
            _ => None,
        }
    }
}

impl Planned {
    /// Whether it is somebody's export; of what is damaged nobody knows.
    pub(crate) fn is_export(&self, limits: &Limits) -> bool {
        match &self.plan {
            Plan::Read { .. } => true,
            Plan::Recognise { path, forced } => {
                !matches!(recognise::file(&self.name, path, *forced, limits), Err(Passed::Skipped(_)))
            }
            Plan::Pass(passed) => matches!(passed, Passed::Rejected(_)),
        }
    }

    fn again(&self) -> io::Result<Self> {
        let plan = match &self.plan {
            Plan::Read { file, adapter } => Plan::Read { file: file.again()?, adapter },
            Plan::Recognise { path, forced } => Plan::Recognise { path: path.clone(), forced: *forced },
            Plan::Pass(passed) => Plan::Pass(passed.clone()),
        };
        Ok(Self { name: self.name.clone(), plan, size: self.size })
    }
}

impl Source {
    fn again(&self) -> io::Result<Self> {
        // Handles of one file share their place in it: who reads one begins at the start.
        Ok(match self {
            Self::File(path) => Self::File(path.clone()),
            Self::Pipe { .. } => return Err(io::Error::other("what comes through a pipe can be read only once")),
            Self::Spooled(file) => Self::Spooled(file.try_clone()?),
            Self::Zip(path) => Self::Zip(path.clone()),
            Self::SpooledZip(file) => Self::SpooledZip(file.try_clone()?),
            Self::Folder { folder, files } => Self::Folder { folder: folder.clone(), files: files.clone() },
        })
    }
}

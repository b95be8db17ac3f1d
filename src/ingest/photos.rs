//! Portraits that a dossier names by file: found beside the record's own file, read within limits, and digested.
//!
//! A record may be hostile. Its paths never leave their folder, no link is followed, and nothing is taken from a file
//! that is no picture. What the pixels say is left to `picture`.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::bounded;
use super::check;
use super::options::Limits;
use crate::dossier::hex;
use crate::dossier::{Dossier, Locator, Photo, Skipped};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Bytes of a file's name that a note quotes.
const MAX_SHOWN: usize = 160;

/// Where the portraits of an input's records are.
#[derive(Debug, Clone)]
pub(crate) enum Photos {
    /// Nobody asked for them.
    Unasked,
    /// The records came by a pipe or out of an archive and lie in no folder.
    OutOfReach,
    /// In a folder or below it.
    Beside(Arc<Folder>),
}

/// The folder of the record's own file.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    limits: Limits,
}

impl Photos {
    /// Those of records in this folder.
    pub(crate) fn beside(folder: Option<&Path>, limits: &Limits) -> Self {
        match folder {
            Some(path) => Self::Beside(Arc::new(Folder { path: path.to_owned(), limits: *limits })),
            None => Self::OutOfReach,
        }
    }

    /// Adds the digests that a dossier does not state to its photos, and gives those that could not be read.
    pub(crate) fn fill(&self, dossier: &mut Dossier, source: &Locator) -> Vec<Skipped> {
        if matches!(self, Self::Unasked) {
            return Vec::new();
        }
        let mut skipped = Vec::new();
        for (index, photo) in dossier.subject.photos.iter_mut().enumerate() {
            let Some(file) = photo.file.clone() else { continue };
            if let Err(fault) = self.fill_one(photo, &file) {
                let outer = source.pointer.as_deref().unwrap_or_default();
                let pointer = format!("{outer}/subject/photos/{index}/file");
                skipped.push(Skipped {
                    source: Locator { pointer: Some(pointer.into()), ..source.clone() },
                    reason: format!("could not use the photo {:?}: {fault}", clipped(&file)),
                });
            }
        }
        skipped
    }

    fn fill_one(&self, photo: &mut Photo, file: &str) -> Result<(), String> {
        let read = match self {
            Self::Unasked => return Ok(()),
            Self::OutOfReach => Err("its record lies in no folder (unpack the archive, or name the record's file \
                                     instead of sending it by a pipe)"
                .to_owned()),
            Self::Beside(folder) => folder.read(file).map(|bytes| (folder, bytes)),
        };
        // Where both are stated nothing is missed without the file.
        let is_complete = photo.sha256.is_some() && photo.phash.is_some();
        let (folder, bytes) = match read {
            Err(_) if is_complete => return Ok(()),
            read => read?,
        };
        let digest = hex(&Sha256::digest(&bytes));
        if let Some(stated) = &photo.sha256
            && !stated.trim().eq_ignore_ascii_case(&digest)
        {
            return Err(format!(
                "its SHA-256 is {digest}, and the record states {:?} (nothing was taken from the file: correct the \
                 one that is wrong)",
                clipped(stated)
            ));
        }
        if is_complete {
            return Ok(());
        }
        let hash = perceptual_hash(&bytes, &folder.limits)?;
        photo.sha256.get_or_insert(digest);
        if photo.phash.is_none() {
            let hash = hash.ok_or(
                "it is nearly blank, as many pictures are, and gets no perceptual hash (it is compared by its SHA-256)",
            )?;
            photo.phash = Some(format!("dct64:{hash:016x}"));
        }
        Ok(())
    }
}

impl Folder {
    /// The bytes of a file of the folder.
    fn read(&self, file: &str) -> Result<Vec<u8>, String> {
        let opened = File::open(self.find(file)?).map_err(|error| error.to_string())?;
        let metadata = opened.metadata().map_err(|error| error.to_string())?;
        if !metadata.is_file() {
            return Err("it is no file (was it replaced meanwhile?)".to_owned());
        }
        let most = self.limits.max_photo_bytes;
        let bytes = bounded::read(opened, most).map_err(|error| error.to_string())?.ok_or_else(|| {
            format!(
                "it has {} bytes, more than the {most} that a photo may have (raise --max-photo-bytes if it is meant)",
                metadata.len().max(most.saturating_add(1))
            )
        })?;
        if bytes.is_empty() {
            return Err("it is empty (copy it again)".to_owned());
        }
        Ok(bytes)
    }

    /// Where a file of the folder is, if every step on the way to it is a folder and no link.
    fn find(&self, file: &str) -> Result<PathBuf, String> {
        check::relative(file)?;
        let mut path = self.path.clone();
        let mut steps = file.split(['/', '\\']).filter(|step| !matches!(*step, "" | ".")).peekable();
        while let Some(step) = steps.next() {
            // On some systems a step may name a drive.
            if !matches!(Path::new(step).components().collect::<Vec<_>>().as_slice(), [Component::Normal(_)]) {
                return Err(format!("{:?} is no plain name (rename it)", clipped(step)));
            }
            path.push(step);
            let kind = fs::symlink_metadata(&path).map_err(|error| missing(step, &error))?.file_type();
            let fault = if kind.is_symlink() {
                "is a link, and links are not followed (put the file itself there)"
            } else if steps.peek().is_some() {
                if kind.is_dir() {
                    continue;
                }
                "is no folder (correct the path)"
            } else if kind.is_file() {
                return Ok(path);
            } else if kind.is_dir() {
                "is a folder (name a picture in it)"
            } else {
                "is a device or a pipe (name a picture)"
            };
            return Err(format!("{:?} {fault}", clipped(step)));
        }
        Err("the path names the folder itself (name a picture in it)".to_owned())
    }
}

fn missing(step: &str, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            format!("there is no {:?} (a path starts in the folder of the record's own file)", clipped(step))
        }
        _ => format!("{:?}: {error}", clipped(step)),
    }
}

/// Enough of a name to find it again.
fn clipped(name: &str) -> &str {
    &name[..name.floor_char_boundary(MAX_SHOWN)]
}

#[cfg(feature = "images")]
use super::picture::perceptual_hash;

/// Without decoders no file is known to be a picture.
#[cfg(not(feature = "images"))]
fn perceptual_hash(_: &[u8], _: &Limits) -> Result<Option<u64>, String> {
    Err("this build reads no pictures (build falseface with its feature `images`)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::Photos;
    use crate::dossier::{Dossier, Locator, Photo};
    use crate::ingest::options::Limits;
    use std::fs;
    use std::path::Path;

    /// What is said of one photo, and the photo.
    fn filled(folder: Option<&Path>, photo: Photo) -> (Vec<String>, Photo) {
        let limits = Limits { max_photo_bytes: 1_000, ..Limits::default() };
        let mut dossier = Dossier::new("p1");
        dossier.subject.photos = vec![Photo::default(), photo];
        let source = Locator { pointer: Some("/3".into()), ..Locator::file("people.json") };
        let skipped = Photos::beside(folder, &limits).fill(&mut dossier, &source);
        let said = skipped.iter().map(|skipped| {
            assert_eq!(skipped.source.to_string(), "people.json#/3/subject/photos/1/file");
            skipped.reason.clone()
        });
        (said.collect(), dossier.subject.photos.remove(1))
    }

    fn named(file: &str) -> Photo {
        Photo { file: Some(file.to_owned()), ..Photo::default() }
    }

    #[test]
    fn paths_that_leave_their_folder_are_refused_and_said() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("batch");
        fs::create_dir_all(folder.join("sub.png")).expect("made");
        fs::write(outer.path().join("x.png"), "outside").expect("written");
        fs::write(folder.join("empty.png"), "").expect("written");
        fs::write(folder.join("long.png"), vec![b'x'; 1_001]).expect("written");
        for (file, fault) in [
            ("../x.png", "the path leaves the folder (a path must be relative"),
            ("sub.png/../../x.png", "the path leaves the folder"),
            ("..\\x.png", "the path leaves the folder"),
            ("/etc/passwd", "the path is absolute"),
            ("C:\\x.png", "the path is absolute"),
            ("", "the path is empty"),
            (".", "the path names the folder itself (name a picture in it)"),
            ("away.png", "there is no \"away.png\" (a path starts in the folder of the record's own file)"),
            ("sub.png", "\"sub.png\" is a folder (name a picture in it)"),
            ("empty.png/x.png", "\"empty.png\" is no folder (correct the path)"),
            ("empty.png", "it is empty (copy it again)"),
            ("long.png", "it has 1001 bytes, more than the 1000 that a photo may have (raise --max-photo-bytes"),
        ] {
            let (said, photo) = filled(Some(&folder), named(file));
            let expected = format!("could not use the photo {file:?}: {fault}");
            assert!(matches!(said.as_slice(), [said] if said.starts_with(&expected)), "{said:?}, not {expected}");
            assert_eq!((photo.sha256, photo.phash), (None, None), "{file}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_not_followed() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("batch");
        fs::create_dir(&folder).expect("made");
        fs::write(outer.path().join("x.png"), "outside").expect("written");
        std::os::unix::fs::symlink(outer.path(), folder.join("up")).expect("linked");
        std::os::unix::fs::symlink("../x.png", folder.join("x.png")).expect("linked");
        let _socket = std::os::unix::net::UnixListener::bind(folder.join("s.png")).expect("bound");
        for (file, fault) in [
            ("x.png", "\"x.png\" is a link, and links are not followed"),
            ("up/x.png", "\"up\" is a link, and links are not followed"),
            ("s.png", "\"s.png\" is a device or a pipe (name a picture)"),
        ] {
            let (said, photo) = filled(Some(&folder), named(file));
            assert!(said[0].contains(fault), "{said:?}");
            assert_eq!(photo.sha256, None);
        }
    }

    #[test]
    fn what_is_stated_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("x.png"), "a portrait").expect("written");
        let digest = super::hex(&<super::Sha256 as super::Digest>::digest("a portrait"));
        let stated = |digest: &str| Photo {
            sha256: Some(digest.to_owned()),
            phash: Some("dct64:8f0e1d2c3b4a5968".to_owned()),
            ..named("x.png")
        };
        let agreeing = stated(&digest.to_uppercase());
        assert_eq!(filled(Some(folder.path()), agreeing.clone()), (Vec::new(), agreeing));
        let other = stated(&"ab".repeat(32));
        let (said, photo) = filled(Some(folder.path()), other.clone());
        assert!(said[0].contains(&format!("its SHA-256 is {digest}, and the record states \"abab")), "{said:?}");
        assert_eq!(photo, other);
        // Nothing is missed where both are stated and the file is not at hand.
        assert_eq!(filled(None, other.clone()), (Vec::new(), other));
        let (said, _) = filled(None, named("x.png"));
        assert!(said[0].contains("its record lies in no folder (unpack the archive"), "{said:?}");
    }

    #[test]
    fn nobody_who_does_not_ask_gets_anything_read() {
        let mut dossier = Dossier::new("p1");
        dossier.subject.photos = vec![named("../x.png")];
        assert_eq!(Photos::Unasked.fill(&mut dossier, &Locator::default()), []);
    }
}

//! What types cannot say of a dossier: it has an id, and its paths stay in its own folder.

use crate::dossier::Dossier;

/// The pointer and the reason of the first thing that is wrong.
pub(super) fn dossier(dossier: &Dossier) -> Result<(), (String, String)> {
    if dossier.id.trim().is_empty() {
        return Err(("/id".to_owned(), "`id` is missing (a dossier needs one that is unique in its batch)".to_owned()));
    }
    for (index, photo) in dossier.subject.photos.iter().enumerate() {
        if let Some(file) = &photo.file {
            relative(file).map_err(|reason| (format!("/subject/photos/{index}/file"), reason))?;
        }
    }
    Ok(())
}

/// Whether a path stays in the folder of the record's own file, on any system.
///
/// # Errors
/// Why it does not, in a sentence.
pub(super) fn relative(path: &str) -> Result<(), String> {
    let fault = if path.is_empty() {
        "is empty"
    } else if path.contains('\0') {
        "holds a NUL"
    } else if path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':') {
        "is absolute"
    } else if path.split(['/', '\\']).any(|part| part == "..") {
        "leaves the folder"
    } else {
        return Ok(());
    };
    Err(format!("the path {fault} (a path must be relative to the record's own file and stay in its folder)"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_stay_in_their_folder() {
        for good in ["a.jpg", "photos/a.jpg", "a..b.jpg", "./a.jpg"] {
            assert_eq!(relative(good), Ok(()), "{good}");
        }
        for bad in ["", "/etc/passwd", "\\\\host\\share", "C:\\a.jpg", "../a.jpg", "a/../../b", "a\\..\\b", "a\0b"] {
            assert!(relative(bad).is_err(), "{bad:?}");
        }
    }
}

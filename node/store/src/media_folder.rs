//! The folder in which the bytes of files stand, by the hash of what they hold.

use crate::error::StoreError;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of files named by their SHA-256: `ab/abcdef…`. The same bytes are kept once. Cheap to
/// clone. It is made when the first file comes.
#[derive(Debug, Clone)]
pub struct MediaFolder {
    root: Arc<PathBuf>,
}

impl MediaFolder {
    /// The folder at this path.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: Arc::new(root.into()) }
    }

    /// Keeps bytes, safe from a power failure, and answers their hash in lower-case hexadecimal.
    ///
    /// # Errors
    /// [`StoreError::Full`] where the disk is; [`StoreError::Internal`] for anything else.
    pub async fn keep(&self, bytes: Vec<u8>) -> Result<String, StoreError> {
        let root = Arc::clone(&self.root);
        blocking(move || {
            let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            let path = path(&root, &hash);
            if !path.exists() {
                write(&path, &bytes)?;
            }
            Ok(hash)
        })
        .await
    }

    /// The bytes with this hash.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there are none; [`StoreError::Internal`].
    pub async fn read(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(StoreError::NotFound);
        }
        let path = path(&self.root, hash);
        blocking(move || fs::read(path)).await
    }

    /// Removes the bytes with this hash, which nothing uses any more; there being none is well.
    ///
    /// # Errors
    /// [`StoreError::Internal`].
    pub async fn remove(&self, hash: &str) -> Result<(), StoreError> {
        let path = path(&self.root, hash);
        blocking(move || match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        })
        .await
    }
}

fn path(root: &Path, hash: &str) -> PathBuf {
    root.join(hash.get(..2).unwrap_or_default()).join(hash)
}

/// Writes beside and renames, so that a file is whole or not there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!("{}.part", uuid::Uuid::now_v7()));
    let mut file = fs::File::create_new(&beside)?;
    let written =
        file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written?;
    fs::File::open(folder)?.sync_all()
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Internal(error.into()))?;
    done.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::NotFound,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full(error.to_string()),
        _ => StoreError::Internal(error.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bytes_are_kept_once_read_and_removed() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = MediaFolder::at(place.path().join("media"));
        let hash = folder.keep(b"un document".to_vec()).await.expect("kept");
        assert_eq!(folder.keep(b"un document".to_vec()).await.expect("kept"), hash);
        assert_eq!(folder.read(&hash).await.expect("read"), b"un document");
        let files = fs::read_dir(place.path().join("media").join(&hash[..2])).expect("a folder").count();
        assert_eq!(files, 1);
        folder.remove(&hash).await.expect("removed");
        folder.remove(&hash).await.expect("nothing to do");
        assert!(matches!(folder.read(&hash).await, Err(StoreError::NotFound)));
    }

    #[tokio::test]
    async fn no_name_leads_out_of_the_folder() {
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join("secret"), "x").expect("a file");
        let folder = MediaFolder::at(place.path().join("media"));
        for name in ["../secret", "", "../../../../etc/passwd", &format!("../{}", "a".repeat(61))] {
            assert!(matches!(folder.read(name).await, Err(StoreError::NotFound)), "{name}");
        }
    }
}

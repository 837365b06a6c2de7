//! `DATA_DIR`: everything that outlives the process. The files beside the database are small, written whole,
//! flushed and renamed into place, so that a kill leaves the old one or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Failure;

const DATABASE: &str = "cabinet.sqlite";
const MAIL: &str = "mail.jsonl";
/// Held locked while a stack runs on the directory.
const LOCK: &str = "lock";
/// There from the first write of the demo until its last: what was begun and not ended is begun again.
const SEEDING: &str = "seeding";

/// The directory, or its absence: in memory, what is saved is forgotten.
#[derive(Clone)]
pub struct Home {
    inner: Option<Arc<Inner>>,
    fresh: bool,
}

struct Inner {
    dir: PathBuf,
    _lock: File,
}

impl Home {
    /// Nothing is kept.
    pub fn memory() -> Self {
        Self { inner: None, fresh: true }
    }

    /// Opens or makes the directory, for its owner only, and locks it against a second stack.
    ///
    /// A demo that was cut off while it was being made is cleared away: nobody was answered from it.
    pub fn open(dir: &Path) -> Result<Self, Failure> {
        let what = format!("the data directory {}", dir.display());
        let failed = |cause: std::io::Error| Failure::new(&what, cause);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed)?;
        let lock = private(&dir.join(LOCK), false).map_err(failed)?;
        if lock.try_lock().is_err() {
            return Err(Failure::new(&what, "another stack is running on it"));
        }
        let home = Inner { dir: dir.to_path_buf(), _lock: lock };
        if home.dir.join(SEEDING).exists() {
            home.clear().map_err(failed)?;
        }
        let fresh = !home.dir.join(DATABASE).exists();
        Ok(Self { inner: Some(Arc::new(home)), fresh })
    }

    /// Whether there was no database yet.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The database's file.
    pub fn database(&self) -> Option<PathBuf> {
        self.inner.as_ref().map(|home| home.dir.join(DATABASE))
    }

    /// The mail's file.
    pub fn mail(&self) -> Option<PathBuf> {
        self.inner.as_ref().map(|home| home.dir.join(MAIL))
    }

    /// From here to [`Home::seeded`] the data counts as unfinished.
    pub fn seeding(&self) -> Result<(), Failure> {
        self.save(SEEDING, &true)
    }

    /// The data is whole.
    pub fn seeded(&self) -> Result<(), Failure> {
        let Some(home) = &self.inner else { return Ok(()) };
        fs::remove_file(home.dir.join(SEEDING))
            .and_then(|()| home.flush())
            .map_err(|cause| Failure::new("the mark of the demo", cause))
    }

    /// What was saved under `name`, if anything.
    pub fn load<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Failure> {
        let Some(home) = &self.inner else { return Ok(None) };
        let bytes = match fs::read(home.dir.join(name)) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(Failure::new(format!("reading {name}"), cause)),
        };
        let value = serde_json::from_slice(&bytes);
        value.map(Some).map_err(|cause| Failure::new(format!("reading {name}"), cause))
    }

    /// Saves under `name`, readable by the owner only (0600); on disk when this returns. Blocks on the flush.
    pub fn save<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Failure> {
        let Some(home) = &self.inner else { return Ok(()) };
        let failed = |cause: std::io::Error| Failure::new(format!("saving {name}"), cause);
        let bytes = serde_json::to_vec_pretty(value).map_err(|cause| failed(cause.into()))?;
        let next = home.dir.join(format!("{name}.next"));
        let mut file = private(&next, true).map_err(failed)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        fs::rename(&next, home.dir.join(name)).and_then(|()| home.flush()).map_err(failed)
    }
}

impl Inner {
    /// Makes renames and removals last.
    fn flush(&self) -> std::io::Result<()> {
        File::open(&self.dir)?.sync_all()
    }

    /// Removes everything but the lock, the mark last.
    fn clear(&self) -> std::io::Result<()> {
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let name = entry.file_name();
            if name != LOCK && name != SEEDING && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        self.flush()?;
        fs::remove_file(self.dir.join(SEEDING))?;
        self.flush()
    }
}

fn private(path: &Path, truncate: bool) -> std::io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(truncate).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_demo_cut_off_is_cleared_away_and_a_second_stack_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let dir = std::env::temp_dir().join(format!("home-{}", uuid::Uuid::new_v4()));
        let home = Home::open(&dir)?;
        assert!(home.is_fresh() && Home::open(&dir).is_err());
        home.save("keys.json", &"secret")?;
        assert_eq!(fs::metadata(dir.join("keys.json"))?.permissions().mode() & 0o777, 0o600);
        fs::write(dir.join(DATABASE), "rows")?;
        home.seeding()?;
        home.seeded()?;
        drop(home);

        let home = Home::open(&dir)?;
        assert!(!home.is_fresh());
        assert_eq!(home.load::<String>("keys.json")?.as_deref(), Some("secret"));
        home.seeding()?;
        drop(home);

        let home = Home::open(&dir)?;
        assert!(home.is_fresh());
        assert_eq!(home.load::<String>("keys.json")?, None);
        fs::remove_dir_all(&dir)?;
        Ok(())
    }
}

//! What is uploaded.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The newest glibc that Amazon Linux 2023 has a symbol of: `GLIBC_2.34`.
pub const GLIBC_MAX: (u32, u32) = (2, 34);

/// A function's binary and the archive of it.
#[derive(Debug, Clone)]
pub struct Package {
    /// The function's name.
    pub name: String,
    /// Its binary.
    pub binary: PathBuf,
    /// Bytes of the binary.
    pub binary_bytes: u64,
    /// Bytes of the archive.
    pub zip_bytes: u64,
    /// The newest glibc that it asks for.
    pub glibc: (u32, u32),
}

/// The packages in a directory, by name: `<name>/bootstrap` and `<name>/bootstrap.zip`.
pub fn packages(dir: &Path) -> io::Result<Vec<Package>> {
    let mut packages = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let binary = entry.path().join("bootstrap");
        if binary.exists() {
            packages.push(Package {
                name: entry.file_name().to_string_lossy().into_owned(),
                binary_bytes: fs::metadata(&binary)?.len(),
                zip_bytes: fs::metadata(entry.path().join("bootstrap.zip"))?.len(),
                glibc: newest_glibc(&fs::read(&binary)?),
                binary,
            });
        }
    }
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packages)
}

/// The highest version of the form `GLIBC_x.y` that stands in a binary.
fn newest_glibc(binary: &[u8]) -> (u32, u32) {
    const MARK: &[u8] = b"GLIBC_";
    let versions = binary.windows(MARK.len()).enumerate().filter(|(_, bytes)| *bytes == MARK);
    let versions = versions.filter_map(|(at, _)| {
        let rest = binary.get(at + MARK.len()..)?;
        let end = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'.')?;
        let (major, rest) = std::str::from_utf8(&rest[..end]).ok()?.split_once('.')?;
        Some((major.parse().ok()?, rest.split('.').next()?.parse().ok()?))
    });
    versions.max().unwrap_or_default()
}

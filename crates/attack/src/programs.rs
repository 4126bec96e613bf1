//! Which programs there are, and how each store is started.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use droppoint_judge::{Contract, Language, Variant};
use droppoint_process::on_path;
use droppoint_terminal::Error;
use droppoint_terminal::note;

use crate::store::Program;

/// The variants of the contract that were asked for, in its order. No language
/// or no name means all of them; a name is `naive` or `rust/naive`.
///
/// # Errors
/// When a name fits no variant.
pub fn wanted<'a>(
    contract: &'a Contract,
    languages: &[Language],
    names: &[String],
) -> Result<Vec<&'a Variant>, Error> {
    let fits = |variant: &Variant, name: &String| *name == variant.name || *name == label(variant);
    let of_language =
        |variant: &&Variant| languages.is_empty() || languages.contains(&variant.language);
    let candidates: Vec<&Variant> = contract.variants.iter().filter(of_language).collect();
    for name in names {
        if !candidates.iter().any(|variant| fits(variant, name)) {
            let known: Vec<String> = candidates.iter().map(|variant| label(variant)).collect();
            return Err(Error::usage(format!("there is no variant `{name}`"))
                .help(format!("there are {}", known.join(", "))));
        }
    }
    let asked =
        |variant: &&Variant| names.is_empty() || names.iter().any(|name| fits(variant, name));
    Ok(candidates.into_iter().filter(asked).collect())
}

/// `rust/naive`
#[must_use]
pub fn label(variant: &Variant) -> String {
    format!("{}/{}", variant.language.name(), variant.name)
}

/// How the store of each language is started; what is missing is built.
///
/// # Errors
/// When a tool is missing, or the store is not there.
pub fn executable(root: &Path, language: Language) -> Result<(PathBuf, Vec<PathBuf>), Error> {
    match language {
        Language::Rust => {
            let here = std::env::current_exe()
                .map_err(|error| Error::failed(format!("where am I? {error}")))?;
            let file = format!("droppoint-store{}", std::env::consts::EXE_SUFFIX);
            // Tests run one folder further down.
            let found = here.ancestors().skip(1).take(2).map(|dir| dir.join(&file));
            match found.into_iter().find(|path| path.is_file()) {
                Some(path) => Ok((path, Vec::new())),
                None => Err(Error::missing_tool("the Rust store is not built")
                    .help("`just attack` builds it")),
            }
        }
        Language::Go => Ok((go(root)?, Vec::new())),
        Language::Js => {
            let script = root.join("js-comparison/store/main.js");
            if !script.is_file() {
                return Err(Error::missing_tool(format!(
                    "there is no {}",
                    script.display()
                )));
            }
            let node = on_path("node");
            let node = node.ok_or_else(|| Error::missing_tool("node is not on the PATH"))?;
            Ok((node, vec![script]))
        }
    }
}

fn go(root: &Path) -> Result<PathBuf, Error> {
    let folder = root.join("target/droppoint");
    let binary = folder
        .join("droppoint-store-go")
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !binary.is_file() {
        note("building the Go store (go build ./cmd/droppoint-store) …");
    }
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::missing_tool("go is not on the PATH"),
        _ => Error::failed(format!("go cannot be started: {error}")),
    };
    // Where nothing has changed, go is done at once.
    let built = Command::new("go")
        .args(["build", "-o"])
        .arg(&binary)
        .arg("./cmd/droppoint-store")
        .current_dir(root.join("go-comparison"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(failed)?;
    if built.success() {
        Ok(binary)
    } else {
        Err(Error::failed(format!("go build failed ({built})")))
    }
}

/// The store of one variant.
#[must_use]
pub fn program(
    variant: &Variant,
    (executable, first): (PathBuf, Vec<PathBuf>),
    lag_ms: u32,
) -> Program {
    Program {
        executable,
        first,
        label: label(variant),
        variant: variant.name.clone(),
        lag_ms,
    }
}

//! A program is named by its language and its variant: `rust/naive`.

use std::fmt;
use std::str::FromStr;

use droppoint_judge::{Contract, Language};

use crate::error::Error;
use crate::suggest::did_you_mean;

/// `rust/naive`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The language.
    pub language: Language,
    /// The variant's name in the contract.
    pub variant: String,
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.language, self.variant)
    }
}

impl FromStr for Program {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (language, variant) = text
            .split_once('/')
            .filter(|(_, variant)| !variant.is_empty())
            .ok_or("a program is named LANGUAGE/VARIANT, such as rust/naive")?;
        let language = language.parse().map_err(|_| {
            let known = Language::ALL.map(|language| language.to_string());
            let hint = did_you_mean(language, known.iter().map(String::as_str));
            format!("no language `{language}`; {hint}")
        })?;
        Ok(Program {
            language,
            variant: variant.to_owned(),
        })
    }
}

impl Program {
    /// Whether the contract has this program.
    pub fn is_in(&self, contract: &Contract) -> bool {
        contract.variant(self.language, &self.variant).is_some()
    }

    /// What to say when no contract has it.
    pub fn unknown<'a>(&self, contracts: impl IntoIterator<Item = &'a Contract>) -> Error {
        let mut known = Vec::new();
        let mut ids = Vec::new();
        for contract in contracts {
            ids.push(contract.id.clone());
            known.extend(
                contract
                    .variants
                    .iter()
                    .map(|variant| format!("{}/{}", variant.language, variant.name)),
            );
        }
        let name = self.to_string();
        Error::usage(format!("no program `{name}` in {}", ids.join(", ")))
            .help(did_you_mean(&name, known.iter().map(String::as_str)))
    }
}

//! Any text as a contract: no panic, errors point into the text, and every
//! contract that is accepted survives JSON, as which a page passes it to the judge.

#![no_main]

use droppoint_judge::Contract;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|toml: &str| {
    match Contract::parse("save-file.toml", toml) {
        Ok(contract) => {
            let json = serde_json::to_string(&contract).expect("a contract is JSON");
            assert_eq!(serde_json::from_str::<Contract>(&json).ok(), Some(contract));
        }
        Err(error) => {
            assert!((1..=toml.lines().count() + 1).contains(&error.line), "{error}");
            assert!(!error.message.is_empty());
            if let Some(span) = error.span {
                assert!(toml.get(span.clone()).is_some(), "{span:?}");
            }
        }
    }
});

//! The attributes of `<drop-point>`, from a page and back.

use super::Embed;
use crate::args::instant;
use droppoint_compare::Program;

/// What of the element is open at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum View {
    /// The cancel maps alone
    Map,
    /// The runs as well
    Run,
    /// The code as well
    Code,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            View::Map => "map",
            View::Run => "run",
            View::Code => "code",
        }
    }
}

/// Names and values as they stand in a tag.
pub type Attributes = Vec<(String, String)>;

impl Embed {
    /// What the element's attributes ask for. Ones that are not the element's
    /// (`id`, `class`, `made`) are the page's business.
    ///
    /// # Errors
    /// In words, when one cannot be understood.
    pub fn from_attributes(attributes: &Attributes) -> Result<Embed, String> {
        let mut embed = Embed {
            scenario: String::new(),
            programs: Vec::new(),
            cancel_at: None,
            view: None,
        };
        for (name, value) in attributes {
            match name.as_str() {
                "scenario" => embed.scenario.clone_from(value),
                "programs" => {
                    let programs = value.split_whitespace().map(str::parse::<Program>);
                    embed.programs = programs.collect::<Result<_, _>>()?;
                }
                "cancel-at" => {
                    embed.cancel_at = Some(instant(value)?);
                }
                "view" => {
                    let view = <View as clap::ValueEnum>::from_str(value, false);
                    embed.view = Some(
                        view.map_err(|_| format!("no view `{value}`; there are map, run, code"))?,
                    );
                }
                _ => {}
            }
        }
        if embed.scenario.is_empty() {
            Err("the attribute `scenario` is missing".into())
        } else {
            Ok(embed)
        }
    }

    /// The attributes that say the same.
    pub fn attributes(&self) -> Attributes {
        let mut attributes = vec![("scenario".to_owned(), self.scenario.clone())];
        let mut add = |name: &str, value: String| attributes.push((name.to_owned(), value));
        if !self.programs.is_empty() {
            let programs = self.programs.iter().map(Program::to_string);
            add("programs", programs.collect::<Vec<_>>().join(" "));
        }
        if let Some(cut) = self.cancel_at {
            add("cancel-at", cut.to_string());
        }
        if let Some(view) = self.view {
            add("view", view.name().to_owned());
        }
        attributes
    }
}

//! What is put into pages: the rows of the recordings, and nothing that a page
//! could mistake for something else.

use std::fs;

use droppoint_cli::embed::find;
use droppoint_compare::recording::Recording;
use droppoint_judge::Language;

use crate::support::{Project, repository};

fn bundle(id: &str) -> serde_json::Value {
    let file = repository().join(format!("web/data/{id}.json"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The table of `rust/naive` has a word for each recorded cell.
#[test]
fn the_table_holds_the_recorded_words() {
    let project = Project::new();
    let ran = project.run(&["embed", "save-file", "--program", "rust/naive"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let recording = Recording::load(&project.path("recordings"), "save-file", Language::Rust);
    let recording = recording.unwrap().expect("it is recorded");
    let cells = &recording.variant("naive").unwrap().cells;
    let words: Vec<&str> = cells.iter().map(|cell| cell.verdict.word()).collect();
    let found: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("<td>")?.strip_suffix("</td>"))
        .take(words.len())
        .collect();
    assert_eq!(found.len(), words.len());
    for (found, word) in found.iter().zip(words) {
        assert!(found.ends_with(word), "{found} is {word}");
    }
    for head in bundle("save-file")["cells"].as_array().unwrap() {
        let head = head["head"].as_str().unwrap();
        assert!(ran.out.contains(head), "{head}");
    }
}

#[test]
fn markdown_leaves_the_element_alone() {
    let ran = Project::new().run(&["embed", "save-file"]);
    let inside = ran.out.trim_end();
    assert!(inside.contains("\n<drop-point scenario=\"save-file\">\n"));
    for line in inside.lines() {
        assert!(!line.is_empty() && !line.starts_with("    "), "{line:?}");
    }
}

#[test]
fn the_other_forms_say_the_same() {
    let project = Project::new();
    let markdown = project.run(&["embed", "--as", "markdown"]);
    assert!(
        markdown
            .out
            .contains("| Rust naive | `.` clean | `X` broken |")
    );
    let svg = project.run(&["embed", "--as", "svg", "--program", "rust/naive"]);
    assert!(svg.out.starts_with("<svg ") && svg.out.contains(">X</text>"));
    assert!(svg.out.contains("Rust naive: at worst broken"));
}

#[test]
fn jsx_has_one_root_closed_tags_and_no_expression() {
    let ran = Project::new().run(&["embed", "save-file", "--as", "jsx", "--cancel-at", "505ms"]);
    assert!(ran.out.starts_with("<>\n<link ") && ran.out.ends_with("</>\n"));
    assert!(!ran.out.contains(['{', '}', '*', '_', '`']), "{}", ran.out);
    let tags = ran.out.split('<').skip(1).map(|rest| {
        let (tag, _) = rest.split_once('>').expect("a tag has an end");
        tag
    });
    let mut open = Vec::new();
    for tag in tags {
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty());
}

#[test]
fn hugo_gets_a_call_of_a_shortcode_that_takes_any_scenario() {
    let project = Project::new();
    let asked = [
        "embed",
        "save-file",
        "--program",
        "go/naive",
        "--cancel-at",
        "505ms",
    ];
    let html = project.run(&asked).out;
    let call = project.run(&[&asked[..], &["--as", "hugo"]].concat()).out;
    let tag =
        "{{< drop-point scenario=\"save-file\" programs=\"go/naive\" cancel-at=\"505ms\" >}}\n";
    assert!(call.starts_with(tag), "{call}");
    let table = |text: &str| {
        let (from, to) = (
            text.find("<table>").unwrap(),
            text.find("</table>").unwrap(),
        );
        text[from..to].to_owned()
    };
    assert_eq!(table(&call), table(&html));
    assert!(call.ends_with("</table>\n{{< /drop-point >}}\n"));
    let shortcode = project.run(&["embed", "--as", "hugo-shortcode"]).out;
    assert!(!shortcode.contains("save-file") && shortcode.contains(".Inner"));
}

#[test]
fn pages_in_mdx_and_of_hugo_are_checked_in_their_own_form() {
    let project = Project::new();
    for (form, file) in [("jsx", "post.mdx"), ("hugo", "post.md")] {
        let post = project.path(file);
        let path = post.to_str().unwrap();
        let element = project.run(&["embed", "save-file", "--as", form]).out;
        let page = format!("# A post\n\n{element}\nMore.\n");
        fs::write(&post, page.replace("X broken", ". clean")).unwrap();
        project
            .run(&["embed", "--check", path])
            .says(1, "the table is stale");
        project
            .run(&["embed", "--check", path, "--write"])
            .says(0, "the table mended");
        assert_eq!(fs::read_to_string(&post).unwrap(), page);
    }
    let post = project.path("open.md");
    fs::write(&post, "{{< drop-point scenario=\"save-file\" >}}\n").unwrap();
    let ran = project.run(&["embed", "--check", post.to_str().unwrap()]);
    ran.fails(2, ":1: there is no {{< /drop-point >}}");
}

#[test]
fn what_is_stale_is_named_and_mended() {
    let project = Project::new();
    let post = project.path("post.html");
    let element = project
        .run(&["embed", "save-file", "--cancel-at", "505ms"])
        .out;
    let page = format!("<h1>A post</h1>\n{element}<p>More.</p>\n");
    fs::write(&post, page.replace("X broken", ". clean")).unwrap();
    let path = post.to_str().unwrap();
    project
        .run(&["embed", "--check", path])
        .says(1, ":3: the table is stale");
    project
        .run(&["embed", "--check", path, "--write"])
        .says(0, ":3: the table mended");
    assert_eq!(fs::read_to_string(&post).unwrap(), page);
    project
        .run(&["embed", "--check", path])
        .says(0, "1 embed in 1 file");
}

#[test]
fn a_page_that_cannot_be_understood_is_left_alone() {
    let project = Project::new();
    let post = project.path("post.md");
    let path = post.to_str().unwrap();
    for (text, expected) in [
        (
            "<drop-point scenario=\"save-fil\"></drop-point>",
            "save-fil",
        ),
        (
            "\n<drop-point></drop-point>",
            ":2: the attribute `scenario` is missing",
        ),
        (
            "<drop-point scenario=\"save-file\">",
            ":1: there is no </drop-point>",
        ),
        ("<drop-point scenario=\"save-file", ":1: the tag has no end"),
        (
            "<drop-point scenario=save-file programs='rust/naiv'></drop-point>",
            "no program `rust/naiv`",
        ),
        (
            "<drop-point scenario=save-file cancel-at=99s></drop-point>",
            ":1:",
        ),
        (
            "<drop-point scenario=save-file view=all></drop-point>",
            "no view `all`",
        ),
    ] {
        fs::write(&post, text).unwrap();
        let ran = project.run(&["embed", "--check", path, "--write"]);
        ran.fails(2, expected);
        assert_eq!(fs::read_to_string(&post).unwrap(), text);
    }
}

#[test]
fn unknown_names_are_met_with_the_nearest() {
    let project = Project::new();
    project.run(&["embed", "save-fiel"]).fails(2, "save-file");
    project
        .run(&["embed", "save-file", "--program", "go/naiv"])
        .fails(2, "go/naive");
    project
        .run(&[
            "embed",
            "save-file",
            "--cancel-at",
            "suspension-1-after-wake",
        ])
        .fails(2, "is no instant");
    project
        .run(&["embed", "detach", "--cancel-at", "99999ms"])
        .fails(2, "no cell for");
    project
        .run(&["embed", "--check", "nowhere.html"])
        .fails(2, "nowhere.html");
}

#[test]
fn elements_are_found_where_they_are_used_only() {
    let text = "<drop-points></drop-points> `<drop-point>`\n```html\n<drop-point scenario=\"a\"></drop-point>\n```\n\
                <!-- <drop-point scenario=\"b\"></drop-point> -->\n\
                <drop-point\n  scenario = 'c' programs=\"rust/naive\n go/naive\" hidden>old</drop-point>";
    let found = find(text).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 6);
    assert_eq!(&text[found[0].inside.clone()], "old");
    let names: Vec<&str> = found[0]
        .attributes
        .iter()
        .map(|(name, _)| &**name)
        .collect();
    assert_eq!(names, ["scenario", "programs", "hidden"]);
    assert_eq!(found[0].attributes[0].1, "c");
}

#[test]
fn nothing_is_installed_that_was_not_built() {
    let project = Project::new();
    let target = project.path("public");
    let ran = project.run(&["embed", "--install", target.to_str().unwrap()]);
    ran.fails(3, "just web");
    assert!(!target.exists());
    let dist = project.path("web/dist");
    fs::create_dir_all(dist.join("data")).unwrap();
    fs::write(dist.join("drop-point.js"), "1").unwrap();
    fs::write(dist.join("data/x.json"), "22").unwrap();
    fs::write(dist.join("data/x.embed.json"), "the page's").unwrap();
    fs::write(dist.join("index.html"), "the page's").unwrap();
    project
        .run(&["embed", "--install", target.to_str().unwrap()])
        .says(0, "drop-point.js 1 bytes");
    assert!(!target.join("index.html").exists());
    assert!(!target.join("data/x.embed.json").exists());
    assert_eq!(
        fs::read_to_string(target.join("data/x.json")).unwrap(),
        "22"
    );
}

//! Every gateway has fixtures, and every fixture the result its name announces.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::GATEWAYS;

#[test]
fn every_gateway_has_fixtures_with_a_defined_result() {
    let mut names = HashSet::new();
    for gateway in GATEWAYS {
        assert!(names.insert(gateway.name), "{} stands twice", gateway.name);
        assert!(!gateway.media_types.is_empty() && !gateway.extensions.is_empty(), "{}", gateway.name);
        assert!(!gateway.label_fr.is_empty() && !gateway.label_en.is_empty(), "{}", gateway.name);
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(gateway.name);
        let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let mut good = 0;
        for file in files.map(|f| f.unwrap().path()) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let extension = file.extension().unwrap().to_string_lossy().into_owned();
            assert!(gateway.extensions.contains(&extension.as_str()), "{name} is not for {}", gateway.name);
            let result = (gateway.inspect)(&std::fs::read(&file).unwrap());
            if name.starts_with("refus-") {
                assert!(!result.expect_err(&name).is_empty());
            } else {
                assert!(result.unwrap_or_else(|e| panic!("{name}: {e}")).records > 0, "{name}");
                good += 1;
            }
        }
        assert!(good > 0, "{} has no fixture that reads well", gateway.name);
    }
}

#[test]
fn no_folder_of_fixtures_without_a_gateway() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(GATEWAYS.iter().any(|g| g.name == name), "{name}");
    }
}

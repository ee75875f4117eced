use super::*;
use jiff::civil::date;

fn parameters() -> &'static Parameters {
    Parameters::builtin().unwrap()
}

#[test]
fn every_built_in_file_is_read_and_sourced() {
    assert_eq!(parameters().tables().len(), TABLES.len());
    let on_disk = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/params")).unwrap().count();
    assert_eq!(on_disk, TABLES.len() + 3, "a file of core/params is not read");
    for table in parameters().tables() {
        assert_eq!(table.values.is_empty(), !table.keys.is_empty(), "{}", table.name);
        assert!(!table.title.is_empty() && !table.cite.is_empty(), "{}", table.name);
        assert!(table.values.iter().all(|value| !value.source.is_empty()), "{}", table.name);
    }
}

#[test]
fn thresholds_are_those_of_their_own_year() {
    let at = |year| parameters().thresholds(year);
    assert_eq!(at(2016).trial_work_level, Some(Usd::from_dollars(810)));
    assert_eq!(at(2017).sga_non_blind, Some(Usd::from_dollars(1170)));
    assert_eq!(at(2026).sga_blind, Some(Usd::from_dollars(2830)));
    for unknown in [2000, 2027, 1900, 3000] {
        assert_eq!(*at(unknown), Thresholds::default(), "{unknown}");
    }
    assert!(
        (2001..=2026).all(|year| at(year).trial_work_level.is_some() && at(year).sga_blind > at(year).sga_non_blind)
    );
}

#[test]
fn a_day_closed_by_order_holds_for_its_month_alone() {
    let held = |month| {
        let closed = parameters().tables().iter().find(|table| table.name == "federal_closure").unwrap();
        closed.at("first", month).map(|value| value.from)
    };
    assert_eq!(held(Month::new(2001, 12)), Some(Month::new(2001, 12)));
    assert_eq!([2000, 2002, 2025].map(|year| held(Month::new(year, 3))), [None; 3]);
}

#[test]
fn a_year_without_a_base_has_none() {
    let base = |year| parameters().payment_calculation_base(Record::T2, year);
    assert_eq!(base(2016), Usd::parse("1165.22"));
    assert_eq!((base(2000), base(2025), base(2026)), (None, None, None));
    assert_eq!(parameters().published_rate("phase_1", Record::T16, 2025), Some(Usd::from_dollars(1850)));
    assert_eq!(parameters().published_rate("outcome_only", Record::T2, 2025), None);
}

#[test]
fn the_rule_on_state_vr_closures_changes_in_february_2020() {
    assert_eq!(parameters().terms(Month::new(2020, 1)).state_vr_closure_months, None);
    assert_eq!(parameters().terms(Month::new(2020, 2)).state_vr_closure_months, Some(18));
    assert_eq!(parameters().terms(Month::new(1999, 1)), parameters().terms(Month::new(2001, 1)));
}

#[test]
fn an_operator_adds_a_year() {
    let file = r#"
title = "Trial work level"
unit = "usd_per_month"
holds = "calendar_year"
cite = "20 CFR 404.1592(b)"
verified_through = "2027-12"
[[value]]
from = "2027-01"
amount = "1250"
source = "Federal Register"
"#;
    let more = parameters().with_files([("trial_work_level.toml", file)]).unwrap();
    assert_eq!(more.thresholds(2027).trial_work_level, Some(Usd::from_dollars(1250)));
    assert_eq!(more.thresholds(2026), parameters().thresholds(2026));
    assert!(more.version().starts_with("2026.1+"), "{}", more.version());
    assert_eq!(parameters().with_files([]).unwrap().version(), "2026.1");
}

#[test]
fn an_operator_overrides_nothing_and_reads_every_mistake() {
    let head = "title = \"x\"\nunit = \"usd_per_month\"\nholds = \"calendar_year\"\ncite = \"c\"\nverified_through = \"2027-12\"\n";
    let row = |key: &str, from: &str, amount: &str, source: &str| {
        format!("[[value]]\nkey = \"{key}\"\nfrom = \"{from}\"\namount = \"{amount}\"\nsource = \"{source}\"\n")
    };
    let codes = |name: &str, text: &str| -> Vec<&str> {
        let problems = parameters().with_files([(name, text)]).unwrap_err();
        problems.iter().map(|problem| problem.code).collect()
    };
    let twl = |rows: &str| codes("trial_work_level.toml", &format!("{head}{rows}"));
    assert_eq!(twl(&row("", "2026-01", "1", "s")), ["PARAM_DATE_NOT_LATER"]);
    assert_eq!(twl(&row("", "2027-02", "1", "s")), ["PARAM_NOT_JANUARY"]);
    assert_eq!(twl(&row("", "2027-01", "-1", "s")), ["PARAM_AMOUNT"]);
    assert_eq!(twl(&row("", "2027-01", "1", "")), ["PARAM_SOURCE_EMPTY"]);
    assert_eq!(twl(&row("", "January", "1", "")), ["MONTH_FORMAT"]);
    assert_eq!(twl(&row("t2", "2027-01", "1", "s")), ["PARAM_KEY"]);
    assert_eq!(codes("trial_work_level.toml", "not toml at all ="), ["PARAM_FILE_INVALID", "PARAM_UNIT"]);
    assert_eq!(codes("trial_work_levels.toml", head), ["PARAM_FILE_UNKNOWN"]);
    let both = format!("{head}{}{}", row("", "2027-01", "x", "s"), row("", "2028-01", "1", ""));
    assert_eq!(codes("trial_work_level.toml", &both), ["PARAM_AMOUNT", "PARAM_SOURCE_EMPTY"]);
}

#[test]
fn federal_holidays_are_observed_on_working_days() {
    let days = |year| parameters().federal_holidays(year).into_iter().map(|(day, _)| day).collect::<Vec<_>>();
    assert_eq!(days(2026).len(), 11);
    assert!(days(2026).contains(&date(2026, 7, 3)), "July 4, 2026 is a Saturday");
    assert!(days(2021).contains(&date(2021, 6, 18)), "June 19, 2021 is a Saturday");
    assert!(!days(2020).iter().any(|day| day.month() == 6), "not a holiday before 2021");
    assert!(days(2021).contains(&date(2021, 12, 31)) && !days(2022).contains(&date(2022, 1, 1)));
    assert_eq!(days(2026)[1], date(2026, 1, 19));
    assert!(days(2026).contains(&date(2026, 5, 25)) && days(2026).contains(&date(2026, 11, 26)));
}

#[test]
fn one_month_is_shown_with_the_values_that_hold_in_it() {
    let shown = serde_json::to_value(parameters().view(Some(Month::new(2016, 5)))).unwrap();
    let tables = shown["parameters"].as_array().unwrap();
    let level = tables.iter().find(|table| table["name"] == "trial_work_level").unwrap();
    assert_eq!(level["values"].as_array().unwrap().len(), 1);
    assert_eq!(level["values"][0]["amount"], "810");
    let all = serde_json::to_value(parameters().view(None)).unwrap();
    assert_eq!(
        all["parameters"].as_array().unwrap().iter().find(|t| t["name"] == "trial_work_level").unwrap()["values"]
            .as_array()
            .unwrap()
            .len(),
        26
    );
    assert!(!shown.to_string().contains("078051120"));
}

//! PAR-01.

use super::ended_for_work;
use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use super::words::levels_by_year;
use crate::facts::{Facts, Level};

rule! {
    /// Trial work level and SGA are looked up by the calendar year of each earnings month.
    ///
    /// # Reading
    /// Not by the year of the claim, of the assignment or of the request. A window that crosses January uses two amounts.
    /// # Example
    /// A window from November 2016 to April 2017 holds its first two months against $810 and the others against $840.
    /// # Sources
    /// 20 CFR 404.1592(b), 404.1574(b)(2); EN Payments Checklist, Trial Work Level and SGA Levels tables.
    pub(super) const RULE = {
        id: "PAR-01", name: "level_of_its_own_year", heading: Heading::Parameters,
        source: "20 CFR 404.1592(b), 404.1574(b)(2); EN Payments Checklist, Trial Work Level and SGA Levels tables",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let (name, level, within) = match asked.kind {
        Kind::Phase1(number) => {
            let window = facts.terms.phase_1.get(usize::from(number) - 1)?;
            ("trial work level", Level::TrialWork, i32::from(window.within))
        }
        Kind::Phase2 => ("SGA", facts.phase_2_level(), 1),
        // OUT-03 and BEN-05 alone hold an outcome month against SGA.
        Kind::Outcome if !facts.outcome_has_floor(asked.month) && !ended_for_work::is_asked(facts, asked.month) => {
            return None;
        }
        Kind::Outcome => ("SGA", facts.outcome_level(), 1),
        Kind::Reconciliation => return None,
    };
    let amounts = levels_by_year(facts, level, asked.month.plus(1 - within), asked.month);
    let list: Vec<String> = amounts
        .iter()
        .map(|year| match year.amount {
            Some(amount) => format!("{} in {}", amount.in_words(), year.year),
            None => format!("not known in {}", year.year),
        })
        .collect();
    let text = format!("Each month is held against the {name} of its own year: {}.", list.join(", "));
    Some(Said::new(text).fact("levels", amounts))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, title_ii};
    use serde_json::json;

    #[test]
    fn it_lists_the_level_of_every_year_of_the_window() {
        let levels = |payment, month| title_ii().ask(payment, month).fact("PAR-01", "levels");
        let year = |year: i32, amount: &str| json!({"year": year, "amount": amount});
        assert_eq!(levels("p1m1", "2017-01"), json!([year(2017, "840.00")]));
        assert_eq!(levels("p1m2", "2017-06"), json!([year(2017, "840.00")]));
        assert_eq!(levels("p1m2", "2017-05"), json!([year(2016, "810.00"), year(2017, "840.00")]));
        assert_eq!(levels("p2", "2016-12"), json!([year(2016, "1130.00")]));
        assert_eq!(levels("outcome", "2027-01"), json!([{"year": 2027, "amount": null}]));
        assert_eq!(title_ii().ask("reconciliation", "2016-12").holds("PAR-01"), UNLISTED);
        // The regulation asks for no amount under title XVI, unless entitlement has ended.
        let outcome = |status| {
            case().titled("t16").assigned("2016-05-20").benefit("t16", "2010-01..", status).ask("outcome", "2016-12")
        };
        assert_eq!(outcome("suspended_work").holds("PAR-01"), YES);
        assert_eq!(outcome("suspended_work").regulation().holds("PAR-01"), UNLISTED);
        assert_eq!(outcome("ended_work").regulation().holds("PAR-01"), YES);
    }
}

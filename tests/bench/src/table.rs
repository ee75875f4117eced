//! Figures by round, as tables in Markdown. Contenders take turns, so that whatever else the machine does falls on all of them.

/// One contender, and what it took in each round.
pub struct Row {
    /// What it is.
    pub name: String,
    /// One figure a round.
    pub rounds: Vec<f64>,
}

impl Row {
    /// A contender that has not run yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), rounds: Vec::new() }
    }
}

/// The fastest and the median round of each, in a thousandth of the unit of the figures.
pub fn print_times(unit: &str, rows: &[Row]) {
    println!("| | fastest, {unit} | median, {unit} |\n| --- | --: | --: |");
    for row in rows {
        let sorted = sorted(&row.rounds);
        println!("| {} | {:.1} | {:.1} |", row.name, sorted[0] / 1e3, median(&sorted) / 1e3);
    }
}

/// The head of a table of ratios.
pub fn print_ratio_head() {
    println!("\n| ratio, paired by round | median | lowest | highest |\n| --- | --: | --: | --: |");
}

/// The ratio of two figures, round by round.
pub fn print_ratio(name: &str, over: &[f64], under: &[f64]) {
    let ratios = sorted(&over.iter().zip(under).map(|(a, b)| a / b).collect::<Vec<_>>());
    println!("| {name} | {:.2} | {:.2} | {:.2} |", median(&ratios), ratios[0], ratios[ratios.len() - 1]);
}

fn median(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

fn sorted(times: &[f64]) -> Vec<f64> {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times
}

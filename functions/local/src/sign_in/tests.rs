mod page;
mod shell;

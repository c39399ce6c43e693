//! Patterns that look at the [`Watch`] with every row: between the operators of a plan stand calls of functions
//! of our own, whose value nobody reads.

use super::{
    certain::share_a_variable,
    gathered::{self, Gathered},
    leaves, order,
    plan::planned,
    strings,
    watch::Watch,
};
use oxigraph::{
    model::{NamedNode, Term, Variable},
    sparql::{QueryResults, QuerySolutionIter, SparqlEvaluator},
};
use spargebra::{
    Query,
    algebra::{AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, OrderExpression},
};
const ROW: &str = "urn:zhengmai:watch:row";

/// A query whose evaluation looks at the watch.
pub(super) fn query(query: Query, watching: &mut Watching) -> Query {
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: watching.outcome(planned(&pattern)), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: watching.plan(&pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: watching.plan(&pattern), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => Query::Ask { dataset, pattern: watching.plan(&pattern), base_iri },
    }
}

/// The answer of a watched query: each of its rows looks at the watch under which this thread works.
pub(super) fn answer(results: QueryResults<'_>) -> QueryResults<'_> {
    match (results, Watch::current()) {
        (QueryResults::Solutions(rows), Some(watch)) => {
            let variables = rows.variables().into();
            QueryResults::Solutions(QuerySolutionIter::new(variables, rows.inspect(move |_| watch.row())))
        }
        (results, _) => results,
    }
}

/// Writes watched patterns, each call with a variable of its own for the value that it never has.
#[derive(Default)]
pub(super) struct Watching {
    calls: usize,
    gathered: Vec<Gathered>,
    /// In how many loops what is being written stands: variables may be bound from outside.
    loops: usize,
    has_paths: bool,
}

impl Watching {
    /// The plan of a pattern, watched.
    pub(super) fn plan(&mut self, pattern: &GraphPattern) -> GraphPattern {
        self.pattern(planned(pattern))
    }

    /// The engine with the functions that the patterns written so far call.
    pub(super) fn equip(&self, evaluator: SparqlEvaluator, watch: &Watch) -> SparqlEvaluator {
        let rows = watch.clone();
        let count = move |_: &[Term]| {
            rows.row();
            None
        };
        let mut evaluator =
            order::equip(strings::equip(evaluator, watch)).with_custom_function(NamedNode::new_unchecked(ROW), count);
        if self.has_paths {
            evaluator = evaluator.with_cancellation_token(watch.token().clone());
        }
        gathered::equip(evaluator, &self.gathered, watch)
    }

    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Join { left, right } => {
                let is_product = self.is_product(&left, &right);
                let left = if is_product { self.gathered(*left, Gathered::Product) } else { self.below(*left) };
                let joined = GraphPattern::Join { left, right: self.below(*right) };
                self.rows(joined)
            }
            GraphPattern::Lateral { left, right } => {
                let looped = self.looped(*left, *right);
                self.rows(looped)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                let is_product = self.is_product(&left, &right);
                let expression = expression.map(|expression| self.condition(expression));
                let right = if is_product { self.gathered(*right, Gathered::Product) } else { self.below(*right) };
                let joined = GraphPattern::LeftJoin { left: self.below(*left), right, expression };
                self.rows(joined)
            }
            GraphPattern::Values { .. } => self.rows(pattern),
            GraphPattern::Group { inner, variables, aggregates } => {
                let aggregates = aggregates.into_iter().map(|(name, of)| (name, self.aggregate(of))).collect();
                let grouped = GraphPattern::Group { inner: self.below(*inner), variables, aggregates };
                self.rows(grouped)
            }
            GraphPattern::OrderBy { inner, expression } => {
                let keys = expression.into_iter().map(|key| match key {
                    OrderExpression::Asc(key) => OrderExpression::Asc(self.expression(key)),
                    OrderExpression::Desc(key) => OrderExpression::Desc(self.expression(key)),
                });
                let keys = keys.collect();
                let inner = self.below(*inner);
                let (inner, expression) = order::by(*inner, keys, || self.variable());
                let sorted = GraphPattern::OrderBy { inner: self.counted(inner, Gathered::Sort), expression };
                self.rows(sorted)
            }
            GraphPattern::Filter { expr, inner } => {
                GraphPattern::Filter { expr: self.expression(expr), inner: self.below(*inner) }
            }
            GraphPattern::Extend { inner, variable, expression } => {
                GraphPattern::Extend { inner: self.below(*inner), variable, expression: self.expression(expression) }
            }
            GraphPattern::Union { left, right } => {
                GraphPattern::Union { left: self.below(*left), right: self.below(*right) }
            }
            GraphPattern::Minus { left, right } => {
                GraphPattern::Minus { left: self.below(*left), right: self.below(*right) }
            }
            leaf if leaves::is_leaf(&leaf) => match leaves::in_loops(leaf) {
                leaf if leaves::is_leaf(&leaf) => self.leaf(leaf),
                loops => self.pattern(loops),
            },
            GraphPattern::Graph { name, inner } => GraphPattern::Graph { name, inner: self.below(*inner) },
            GraphPattern::Project { inner, variables } => {
                GraphPattern::Project { inner: self.below(*inner), variables }
            }
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: self.below(*inner) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: self.below(*inner) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: self.below(*inner), start, length }
            }
            other => other,
        }
    }

    /// What a SELECT answers. Its rows look at the watch as they come out ([`answer`]): what makes no others needs no
    /// call of its own.
    fn outcome(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Project { inner, variables } => {
                GraphPattern::Project { inner: Box::new(self.outcome(*inner)), variables }
            }
            GraphPattern::Slice { inner, start: 0, length } => {
                GraphPattern::Slice { inner: Box::new(self.outcome(*inner)), start: 0, length }
            }
            GraphPattern::Lateral { left, right } => self.looped(*left, *right),
            leaf if leaves::is_leaf(&leaf) && !leaves::is_path(&leaf) && !leaves::has_a_variable_twice(&leaf) => leaf,
            other => self.pattern(other),
        }
    }

    /// A loop, whose rows are to be watched.
    fn looped(&mut self, left: GraphPattern, right: GraphPattern) -> GraphPattern {
        let left = self.below(left);
        let right = match right {
            // An OPTIONAL in a loop, which the engine knows by this form.
            GraphPattern::LeftJoin { left: nothing, right, expression } => {
                let expression = expression.map(|expression| self.condition(expression));
                Box::new(GraphPattern::LeftJoin { left: nothing, right: self.in_loop(*right), expression })
            }
            right => self.in_loop(right),
        };
        GraphPattern::Lateral { left, right }
    }

    /// What is read from the store.
    fn leaf(&mut self, leaf: GraphPattern) -> GraphPattern {
        self.has_paths |= leaves::is_path(&leaf);
        if self.loops == 0 && leaves::is_path(&leaf) {
            return match leaves::starts(&leaf, || self.variable()) {
                Some((starts, start)) => {
                    let inner = Box::new(GraphPattern::Project { inner: self.below(starts), variables: vec![start] });
                    let left = Box::new(GraphPattern::Distinct { inner });
                    self.rows(GraphPattern::Lateral { left, right: Box::new(leaf) })
                }
                None => self.rows(leaf),
            };
        }
        match leaf {
            GraphPattern::Bgp { patterns } if patterns.is_empty() => GraphPattern::Bgp { patterns },
            GraphPattern::Bgp { mut patterns } => {
                let conditions =
                    patterns.iter_mut().filter_map(|triple| leaves::told_apart(triple, || self.variable()));
                let conditions: Vec<_> = conditions.collect();
                let read = self.rows(GraphPattern::Bgp { patterns });
                conditions.into_iter().fold(read, |inner, expr| GraphPattern::Filter { expr, inner: Box::new(inner) })
            }
            other => self.rows(other),
        }
    }

    /// The right side of a loop, which is evaluated for every row of the left. Where it only reads, it is left as it
    /// is: the loop's own rows are watched.
    fn in_loop(&mut self, pattern: GraphPattern) -> Box<GraphPattern> {
        let pattern = leaves::in_loops(pattern);
        if leaves::is_leaf(&pattern) && !leaves::has_a_variable_twice(&pattern) {
            self.has_paths |= leaves::is_path(&pattern);
            return Box::new(pattern);
        }
        self.loops += 1;
        let watched = self.below(pattern);
        self.loops -= 1;
        watched
    }

    /// A variable of no query.
    fn variable(&mut self) -> Variable {
        self.calls += 1;
        Variable::new_unchecked(format!("zhengmai_watch_{}", self.calls))
    }

    fn below(&mut self, pattern: GraphPattern) -> Box<GraphPattern> {
        Box::new(self.pattern(pattern))
    }

    /// Looks at the watch with every row of a pattern.
    fn rows(&mut self, pattern: GraphPattern) -> GraphPattern {
        self.calls(pattern, ROW.to_owned())
    }

    /// A side of a join that is gathered.
    fn gathered(&mut self, pattern: GraphPattern, purpose: Gathered) -> Box<GraphPattern> {
        let pattern = self.pattern(pattern);
        self.counted(pattern, purpose)
    }

    /// Counts the rows of a pattern that are gathered: in a loop, anew for every row of it.
    fn counted(&mut self, pattern: GraphPattern, purpose: Gathered) -> Box<GraphPattern> {
        let number = self.gathered.len();
        self.gathered.push(purpose);
        let counted = self.calls(pattern, gathered::count(number));
        if self.loops == 0 {
            return Box::new(counted);
        }
        let begun = self.calls(GraphPattern::default(), gathered::begin(number));
        Box::new(GraphPattern::Lateral { left: Box::new(begun), right: Box::new(counted) })
    }

    /// Whether rows are put together each with each: the engine looks them up in each other by the variables that both
    /// sides are certain to bind, and within EXISTS by none.
    fn is_product(&self, left: &GraphPattern, right: &GraphPattern) -> bool {
        self.loops > 0 || !share_a_variable(left, right)
    }

    /// Calls a function with every row of a pattern.
    fn calls(&mut self, pattern: GraphPattern, function: String) -> GraphPattern {
        let call =
            GraphPattern::Extend { inner: Box::new(pattern), variable: self.variable(), expression: call(function) };
        // Filters are moved inwards, through the call; not through this.
        GraphPattern::Slice { inner: Box::new(call), start: 0, length: Some(usize::MAX) }
    }

    /// The condition of an OPTIONAL, which is put to many rows before one comes of it: looks at the watch each time.
    fn condition(&mut self, expression: Expression) -> Expression {
        Expression::Coalesce(vec![call(ROW.to_owned()), self.expression(expression)])
    }

    fn aggregate(&mut self, aggregate: AggregateExpression) -> AggregateExpression {
        match aggregate {
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                let expr = self.expression(expr);
                let is_gathered = matches!(name, AggregateFunction::GroupConcat { .. });
                let expr = if is_gathered { strings::gathered(expr) } else { expr };
                AggregateExpression::FunctionCall { name, expr, distinct }
            }
            AggregateExpression::CountSolutions { .. } => aggregate,
        }
    }

    /// An expression whose strings stay within bounds, and whose patterns are watched.
    fn expression(&mut self, expression: Expression) -> Expression {
        let mut boxed = |expression: Box<Expression>| Box::new(self.expression(*expression));
        match expression {
            Expression::Or(..) | Expression::And(..) => self.balanced(expression),
            Expression::Equal(a, b) => Expression::Equal(boxed(a), boxed(b)),
            Expression::SameTerm(a, b) => Expression::SameTerm(boxed(a), boxed(b)),
            Expression::Greater(a, b) => Expression::Greater(boxed(a), boxed(b)),
            Expression::GreaterOrEqual(a, b) => Expression::GreaterOrEqual(boxed(a), boxed(b)),
            Expression::Less(a, b) => Expression::Less(boxed(a), boxed(b)),
            Expression::LessOrEqual(a, b) => Expression::LessOrEqual(boxed(a), boxed(b)),
            Expression::In(a, all) => Expression::In(boxed(a), self.expressions(all)),
            Expression::Add(a, b) => Expression::Add(boxed(a), boxed(b)),
            Expression::Subtract(a, b) => Expression::Subtract(boxed(a), boxed(b)),
            Expression::Multiply(a, b) => Expression::Multiply(boxed(a), boxed(b)),
            Expression::Divide(a, b) => Expression::Divide(boxed(a), boxed(b)),
            Expression::UnaryPlus(a) => Expression::UnaryPlus(boxed(a)),
            Expression::UnaryMinus(a) => Expression::UnaryMinus(boxed(a)),
            Expression::Not(a) => Expression::Not(boxed(a)),
            Expression::If(a, b, c) => Expression::If(boxed(a), boxed(b), boxed(c)),
            Expression::Coalesce(all) => Expression::Coalesce(self.expressions(all)),
            Expression::FunctionCall(function, all) => strings::bounded(function, self.expressions(all)),
            Expression::Exists(pattern) => Expression::Exists(self.in_loop(*pattern)),
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {
                expression
            }
        }
    }

    /// A chain of || or of && (an IN is one, once it is planned) as a tree: planning costs the square of its depth.
    fn balanced(&mut self, chain: Expression) -> Expression {
        let is_or = matches!(chain, Expression::Or(..));
        let mut links = Vec::new();
        let mut rest = vec![chain];
        while let Some(link) = rest.pop() {
            match link {
                Expression::Or(a, b) if is_or => rest.extend([*b, *a]),
                Expression::And(a, b) if !is_or => rest.extend([*b, *a]),
                link => links.push(self.expression(link)),
            }
        }
        while links.len() > 1 {
            let mut pairs = Vec::with_capacity(links.len().div_ceil(2));
            let mut each = links.into_iter();
            while let Some(a) = each.next() {
                pairs.push(match each.next() {
                    Some(b) if is_or => Expression::Or(Box::new(a), Box::new(b)),
                    Some(b) => Expression::And(Box::new(a), Box::new(b)),
                    None => a,
                });
            }
            links = pairs;
        }
        links.pop().unwrap_or_else(|| Expression::Literal(is_or.into()))
    }

    fn expressions(&mut self, all: Vec<Expression>) -> Vec<Expression> {
        all.into_iter().map(|expression| self.expression(expression)).collect()
    }
}

/// The call of a function of ours that has no value.
fn call(function: String) -> Expression {
    Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(function)), Vec::new())
}

"""The metrics of the rulebook (DOMAIN 1.3), column by column, from the oracle's quarters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.company.oracle import LTM, Numbers, Oracle, Quarter, add, growth, minus, over, times

FOUR = Decimal(4)


def ltm(oracle: Oracle, company_id: str, currency: str, ordinal: int, name: str) -> Decimal | None:
    """The sum of four consecutive translated quarters; nothing when one of them is missing."""
    quarters = [oracle.quarters.get((company_id, currency, ordinal - back)) for back in range(4)]
    return add(*(quarter.shown[name] if quarter else None for quarter in quarters))


def runway(local: Numbers) -> Decimal | None:
    """Months until the cash is gone, in local money; nothing when cash comes in."""
    burn, cash = minus(local["cash_burn"]), local["cash_balance"]
    if burn is None or cash is None or burn <= 0:
        return None
    return cash / (burn / 3) if cash > 0 else Decimal(0)


def change_in_cash(now: Quarter, before: Quarter | None) -> Numbers:
    """The change, and its split into the translated flow and the effect of the rate."""
    total = add(now.shown["cash_balance"], minus(before.shown["cash_balance"] if before else None))
    flow = None
    if before and before.local_currency == now.local_currency:
        flow = times(
            add(now.local["cash_balance"], minus(before.local["cash_balance"])), now.flow_rate
        )
    return {
        "change_in_cash": total,
        "change_in_cash_flow": flow,
        "change_in_cash_fx_effect": add(total, minus(flow)),
    }


def local_growth(now: Quarter, base: Quarter | None) -> Decimal | None:
    if base is None or base.local_currency != now.local_currency:
        return None
    return growth(now.local["total_revenue"], base.local["total_revenue"])


def metrics(oracle: Oracle, company_id: str, currency: str, ordinal: int) -> dict[str, Any]:
    now = oracle.quarters[company_id, currency, ordinal]
    before = oracle.quarters.get((company_id, currency, ordinal - 1))
    year_ago = oracle.quarters.get((company_id, currency, ordinal - 4))
    p1: Numbers = before.shown if before else dict.fromkeys(now.shown)
    p4: Numbers = year_ago.shown if year_ago else dict.fromkeys(now.shown)
    shown, local = now.shown, now.local
    revenue = shown["total_revenue"]
    debt = shown["debt_outstanding"] or Decimal(0)
    enterprise_value = add(now.valuation, debt)
    sums = {
        name: ltm(oracle, company_id, currency, ordinal, operand) for name, operand in LTM.items()
    }
    ltm_revenue = sums["ltm_total_revenue"]
    ltm_year_ago = ltm(oracle, company_id, currency, ordinal - 4, "total_revenue")
    return {
        **sums,
        **change_in_cash(now, before),
        "enterprise_value": enterprise_value,
        "enterprise_value_net": add(enterprise_value, minus(shown["cash_balance"])),
        "arr": times(shown["recurring_revenue"], FOUR),
        "recurring_percentage_revenue": over(local["recurring_revenue"], local["total_revenue"]),
        "revenue_per_fte": over(times(revenue, FOUR), shown["employees"]),
        "gross_profit_per_fte": over(times(shown["gross_profit"], FOUR), shown["employees"]),
        "employee_growth_rate": growth(shown["employees"], p1["employees"]),
        "revenue_growth": growth(revenue, p1["total_revenue"]),
        "revenue_growth_constant_currency": local_growth(now, before),
        "monthly_cash_burn": over(minus(shown["cash_burn"]), Decimal(3)),
        "runway_months": runway(local),
        "ev_by_equity_raised_plus_debt": over(
            enterprise_value, add(now.equity, debt), positive=True
        ),
        "sales_marketing_percentage_revenue": over(
            local["sales_marketing_expense"], local["total_revenue"]
        ),
        "total_operating_percentage_revenue": over(
            local["total_operating_expense"], local["total_revenue"]
        ),
        "gross_profit_margin": over(local["gross_profit"], local["total_revenue"]),
        "valuation_to_revenue": over(now.valuation, times(revenue, FOUR), positive=True),
        "valuation_to_ltm_revenue": over(now.valuation, ltm_revenue, positive=True),
        "yoy_growth_revenue": growth(revenue, p4["total_revenue"]),
        "yoy_growth_revenue_constant_currency": local_growth(now, year_ago),
        "yoy_growth_profit": growth(shown["gross_profit"], p4["gross_profit"]),
        "yoy_growth_employees": growth(shown["employees"], p4["employees"]),
        "yoy_growth_ltm_revenue": growth(ltm_revenue, ltm_year_ago),
        "ltm_gross_margin": over(sums["ltm_gross_profit"], ltm_revenue, positive=True),
        "ltm_ebitda_margin": over(sums["ltm_ebitda"], ltm_revenue, positive=True),
        "ltm_net_income_margin": over(sums["ltm_net_income"], ltm_revenue, positive=True),
        "assumed_zero_debt": shown["debt_outstanding"] is None,
    }

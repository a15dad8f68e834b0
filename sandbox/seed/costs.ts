// The comment that the Infracost bot leaves, in the shape it has on real pull requests.

/** @param monthly the difference in USD a month @param before the monthly total before */
export function infracostComment(monthly: number, before: number): string {
  const money = (amount: number): string => `$${amount.toLocaleString('en-US')}`;
  const word = monthly >= 0 ? 'increase' : 'decrease';
  return `<h4>💰 Infracost report</h4>
<h4>Monthly estimate ${word}d by ${money(Math.abs(monthly))} ${monthly >= 0 ? '📈' : '📉'}</h4>
<table>
<thead><td>Changed project</td><td><span title="Baseline costs are consistent charges for provisioned resources">Baseline cost</span></td><td><span title="Usage costs are charges based on actual usage">Usage cost</span>*</td><td>Total change</td><td>New monthly cost</td></thead>
<tbody>
<tr><td>terraform</td><td align="right">${monthly >= 0 ? '+' : '-'}${money(Math.abs(monthly))}</td><td align="right">-</td><td align="right">${monthly >= 0 ? '+' : '-'}${money(Math.abs(monthly))}</td><td align="right">${money(before + monthly)}</td></tr>
</tbody>
</table>

<sub>This comment will be updated when code changes.</sub>
`;
}

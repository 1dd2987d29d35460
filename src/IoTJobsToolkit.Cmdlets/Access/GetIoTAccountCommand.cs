using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the portal's accounts by name, with their roles, last sign-ins and locks.</summary>
[Cmdlet(VerbsCommon.Get, "IoTAccount")]
[OutputType(typeof(AccountSummary))]
public sealed class GetIoTAccountCommand : ListingCmdlet
{
    protected override void ProcessRecord() => List(
        "accounts",
        nameof(ListAccountsResponse.Accounts),
        token => new ListAccounts { MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}

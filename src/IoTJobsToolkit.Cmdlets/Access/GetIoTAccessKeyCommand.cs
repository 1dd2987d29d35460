using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists access keys by id, without their secrets, which nobody can read again.</summary>
[Cmdlet(VerbsCommon.Get, "IoTAccessKey")]
[OutputType(typeof(AccessKeySummary))]
public sealed class GetIoTAccessKeyCommand : ListingCmdlet
{
    protected override void ProcessRecord() => List(
        "access keys",
        nameof(ListAccessKeysResponse.AccessKeys),
        token => new ListAccessKeys { MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}

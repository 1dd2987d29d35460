using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the certificates and tokens of things with their status, revoked and expired ones included.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingCredential")]
[OutputType(typeof(ThingCredentialSummary))]
public sealed class GetIoTThingCredentialCommand : ListingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            List(
                name,
                nameof(ListThingCredentialsResponse.Credentials),
                token => new ListThingCredentials(name) { MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }
}

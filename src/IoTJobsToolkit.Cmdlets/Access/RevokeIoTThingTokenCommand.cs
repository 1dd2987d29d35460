using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Revokes a token of a thing at once and for good, on open connections too.</summary>
[Cmdlet("Revoke", "IoTThingToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RevokeIoTThingTokenCommand : RevocationCmdlet
{
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("CredentialId")]
    [ArgumentCompleter(typeof(TokenIdCompleter))]
    public string TokenId { get; set; } = null!;

    protected override string Identity => nameof(TokenId);

    protected override void ProcessRecord() => Revoke("token", TokenId, new RevokeThingToken(ThingName, TokenId));
}

using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Takes a certificate or token from a device for good.</summary>
public sealed record RevokeCredentialAction(string ThingName, string CredentialId, ThingCredentialKind Kind) : OperatorAction
{
    public override string Label => "Revoke";

    public override string Question => $"Revoke this {Word}?";

    public override LiveScope Scope => new(ThingName: ThingName);

    private string Word => Kind == ThingCredentialKind.CERTIFICATE ? "certificate" : "token";

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        var connected = (await jobs.ExecuteAsync(new DescribeThingConnectivity(ThingName))).Connected;
        var others = await CountOthersAsync(jobs);
        return new(
            $"Refuses from now on a device that shows this {Word} for {ThingName}, and ends its connection" +
            $"{(connected ? ", if it is the one there is now" : "")}. " +
            (others == 0 ? "The thing has no other: its device is locked out until it gets a new one. " : $"{others} other of the thing still counts. ") +
            "This cannot be undone.",
            $"Revoke the {Word}");
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        if (Kind == ThingCredentialKind.CERTIFICATE)
        {
            await jobs.ExecuteAsync(new RevokeThingCertificate(ThingName, CredentialId));
        }
        else
        {
            await jobs.ExecuteAsync(new RevokeThingToken(ThingName, CredentialId));
        }
        return $"The {Word} is revoked.";
    }

    private async Task<int> CountOthersAsync(IJobs jobs) => (await jobs.ExecuteAsync(new ListThingCredentials(ThingName))).Credentials
        .Count(other => other.Status == ThingCredentialStatus.ACTIVE && other.CredentialId != CredentialId);
}

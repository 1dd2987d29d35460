using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// What every cmdlet of AWS's module takes to find and sign in to AWS. It counts for the one call where AWS IoT itself is connected, and
/// beside -EndpointUrl. A database or a server that is connected has a region and keys already: there it is taken and not used, so that a
/// script which gives it runs unchanged.
/// </summary>
public abstract class AwsClientCmdlet : PSCmdlet
{
    private static readonly string[] ForCalls =
    [
        nameof(AccessKey), nameof(SecretKey), nameof(SessionToken), nameof(ProfileName), nameof(ProfileLocation), nameof(Credential), nameof(Region),
    ];

    private static readonly string[] Unused = [nameof(NetworkCredential), nameof(ClientConfig)];

    /// <summary>The id of an access key, with -SecretKey; for this call to AWS IoT or to -EndpointUrl, else not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret of -AccessKey. Prefer -Credential or -ProfileName: a command line is written down in many places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The token which belongs to temporary keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>A profile of AWS's own tools with the keys; for this call to AWS IoT or to -EndpointUrl, else not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The file which holds the profile, where it is not the usual one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>
    /// A PSCredential with the access key's id as user name and its secret as password, or credentials of AWS's own module; for this call
    /// to AWS IoT or to -EndpointUrl, else not used.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Credential { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? NetworkCredential { get; set; }

    /// <summary>
    /// The region of this call to AWS IoT or to -EndpointUrl. Not used for databases and connected servers: theirs is that of
    /// Connect-IoTJobs or of the server.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public object? Region { get; set; }

    /// <summary>
    /// Sends this call to the server at this address, whatever is connected; with the keys that the call gives, else those of the connected
    /// server or AWS account, else those of the environment. Never taken from the pipeline: no column of a table decides where data goes.
    /// </summary>
    [Parameter]
    public string? EndpointUrl { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? ClientConfig { get; set; }

    private protected CallParameters CallParameters => CallParameters.From(MyInvocation.BoundParameters);

    protected override void BeginProcessing()
    {
        var place = new Lazy<string?>(PlaceWithoutThem);
        foreach (var name in ForCalls.Where(MyInvocation.BoundParameters.ContainsKey))
        {
            if (place.Value is { } own)
            {
                WriteVerbose($"-{name} is not used: it counts for AWS IoT itself and beside -EndpointUrl, and the jobs are in {own}.");
            }
        }
        foreach (var name in Unused.Where(MyInvocation.BoundParameters.ContainsKey))
        {
            WriteVerbose($"-{name} is not used.");
        }
    }

    /// <summary>The connected database or server, which has a region and keys of its own; null where those of the call count.</summary>
    private string? PlaceWithoutThem()
    {
        try
        {
            return CallParameters.IsEndpointGiven || Connections.Current is not { Kind: not JobsConnectionKind.Aws } own ? null : own.Place;
        }
        catch (ConnectionException)
        {
            return null; // Whoever opens the connection tells.
        }
    }
}

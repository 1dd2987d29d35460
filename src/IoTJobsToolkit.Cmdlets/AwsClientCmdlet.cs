using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// What every cmdlet of AWS's module takes to find and sign in to AWS. Here it is taken and not used, so that a script which gives it
/// runs unchanged: the database is the one that Connect-IoTJobs chose.
/// </summary>
public abstract class AwsClientCmdlet : PSCmdlet
{
    private static readonly string[] Unused =
    [
        nameof(AccessKey), nameof(SecretKey), nameof(SessionToken), nameof(ProfileName), nameof(ProfileLocation), nameof(Credential),
        nameof(NetworkCredential), nameof(Region), nameof(EndpointUrl), nameof(ClientConfig),
    ];

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Credential { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? NetworkCredential { get; set; }

    /// <summary>Not used; the region in ARNs is that of Connect-IoTJobs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    public object? Region { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EndpointUrl { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? ClientConfig { get; set; }

    protected override void BeginProcessing()
    {
        foreach (var name in Unused.Where(MyInvocation.BoundParameters.ContainsKey))
        {
            WriteVerbose($"-{name} is not used: the database is the one that Connect-IoTJobs chose.");
        }
    }
}

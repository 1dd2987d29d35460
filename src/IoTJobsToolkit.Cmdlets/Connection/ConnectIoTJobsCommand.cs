using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Cmdlets.Connection.Keys;
using IoTJobsToolkit.Cmdlets.Connection.Remote;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Chooses where the jobs of this process are: in a database file, on a server, or in AWS IoT. Nothing is opened or called before the
/// first cmdlet that needs it.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "IoTJobs", DefaultParameterSetName = Aws)]
[OutputType(typeof(FileConnection), ParameterSetName = [File])]
[OutputType(typeof(ServerConnection), ParameterSetName = [Server])]
[OutputType(typeof(AwsConnection), ParameterSetName = [Aws])]
public sealed class ConnectIoTJobsCommand : PSCmdlet
{
    private const string File = "File";
    private const string Server = "Server";
    private const string Aws = "Aws";

    /// <summary>The database file. While a server has it open, the cmdlets go through the server.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = File)]
    [Alias("Path", "FullName")]
    [ValidateNotNullOrEmpty]
    public string DatabasePath { get; set; } = null!;

    /// <summary>The address of a server, such as http://127.0.0.1:8080.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Server)]
    [Alias("EndpointUrl")]
    [ValidateNotNullOrEmpty]
    public string Endpoint { get; set; } = null!;

    /// <summary>
    /// Alone: the region of AWS IoT to work in. With -DatabasePath the region in ARNs; with -Endpoint the region for which requests are
    /// signed: unless given, that of the environment, or us-east-1.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = File)]
    [Parameter(ParameterSetName = Server)]
    [Parameter(Mandatory = true, ParameterSetName = Aws)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidatePattern("^[a-z0-9-]{1,32}$")]
    public string Region { get; set; } = FileConnection.Default.Region;

    /// <summary>The account in ARNs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = File)]
    [ValidatePattern("^[0-9]{12}$")]
    public string AccountId { get; set; } = FileConnection.Default.AccountId;

    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = File)]
    public LimitsProfile Limits { get; set; } = FileConnection.Default.Limits;

    /// <summary>
    /// Days after which ended jobs are purged with their executions and history; the database keeps it, and without it what it was told before
    /// holds, or 90. What is older goes as soon as the file is opened.
    /// </summary>
    [Parameter(ParameterSetName = File)]
    [ValidateRange(1, 36_500)]
    public int? RetentionDays { get; set; }

    /// <summary>Jobs go by a clock that Set-IoTClock and Step-IoTClock stop, set ahead and speed up; the database remembers how it goes.</summary>
    [Parameter(ParameterSetName = File)]
    public SwitchParameter VirtualClock { get; set; }

    /// <summary>A profile of AWS's own tools with the keys.</summary>
    [Parameter(ParameterSetName = Server)]
    [Parameter(ParameterSetName = Aws)]
    [Alias("AWSProfileName", "StoredCredentials")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The file which holds the profile, where it is not the usual one.</summary>
    [Parameter(ParameterSetName = Server)]
    [Parameter(ParameterSetName = Aws)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>A PSCredential with the access key's id as user name and its secret as password, or credentials of AWS's own module.</summary>
    [Parameter(ParameterSetName = Server)]
    [Parameter(ParameterSetName = Aws)]
    public object? Credential { get; set; }

    /// <summary>The id of an access key, with -SecretKey.</summary>
    [Parameter(ParameterSetName = Server)]
    [Parameter(ParameterSetName = Aws)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret of -AccessKey. Prefer -Credential: a command line is written down in many places.</summary>
    [Parameter(ParameterSetName = Server)]
    [Parameter(ParameterSetName = Aws)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The token which belongs to temporary keys.</summary>
    [Parameter(ParameterSetName = Server)]
    [Parameter(ParameterSetName = Aws)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>
    /// A PEM file with the authority that issued the server's certificate, such as the server hands out at /toolkit/ca; that of AWS_CA_BUNDLE
    /// where it is not given.
    /// </summary>
    [Parameter(ParameterSetName = Server)]
    [ValidateNotNullOrEmpty]
    public string? CaCertificatePath { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            Choose(ParameterSetName switch
            {
                Server => OfServer(),
                Aws => OfAws(),
                _ => OfFile(),
            });
        }
        catch (ConnectionException exception)
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(exception));
        }
    }

    private void Choose(JobsConnection connection)
    {
        foreach (var failure in Connections.Choose(connection))
        {
            WriteError(Refusal.ToErrorRecord(failure));
        }
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private FileConnection OfFile()
    {
        if (DatabasePath.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || DatabasePath.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConnectionException("EndpointAsPath", ErrorCategory.InvalidArgument, $"{DatabasePath} is an address, not the path of a database.", DatabasePath)
            {
                NextStep = "Give it as -Endpoint.",
            };
        }
        var path = Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(DatabasePath));
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            var missing = new DirectoryNotFoundException($"There is no folder {Path.GetDirectoryName(path)} for the database {path}.");
            ThrowTerminatingError(new(missing, "DatabaseFolderNotFound", ErrorCategory.ObjectNotFound, DatabasePath)
            {
                ErrorDetails = new(missing.Message) { RecommendedAction = "Create the folder, or correct the path." },
            });
        }
        var connection = new FileConnection(path) { Region = Region, AccountId = AccountId, Limits = Limits, RetentionDays = RetentionDays, IsVirtualClock = VirtualClock };
        if (connection.Host is { } host)
        {
            WriteVerbose($"Jobs are in {path}, through the server at {host} that has it open.");
            foreach (var name in new[] { nameof(Region), nameof(AccountId), nameof(Limits), nameof(RetentionDays), nameof(VirtualClock) }.Where(MyInvocation.BoundParameters.ContainsKey))
            {
                WriteWarning($"-{name} does not count while the server at {host} has the database open: its own settings do.");
            }
        }
        else
        {
            WriteVerbose(System.IO.File.Exists(path) ? $"Jobs are in {path}." : $"{path} will be created when it is first used.");
        }
        return connection;
    }

    private ServerConnection OfServer()
    {
        var endpoint = ServerAddress.Read(Endpoint, "-Endpoint");
        if (ServerAddress.Warning(endpoint) is { } warning)
        {
            WriteWarning(warning);
        }
        var authorities = CaCertificatePath is null ? null : GetUnresolvedProviderPathFromPSPath(CaCertificatePath);
        Authorities.Read(authorities); // Said now, where the path was typed.
        WriteVerbose($"Jobs are on the server at {endpoint.AbsoluteUri.TrimEnd('/')}.");
        return new(endpoint)
        {
            GivenRegion = MyInvocation.BoundParameters.ContainsKey(nameof(Region)) ? Region : null,
            GivenKeys = Given().ToSource(),
            GivenAuthoritiesPath = authorities,
        };
    }

    private AwsConnection OfAws()
    {
        WriteVerbose($"Jobs are in AWS IoT in {Region}.");
        var connection = new AwsConnection(Region);
        return Given().ToSource() is { } keys ? connection with { Keys = keys } : connection;
    }

    private GivenKeys Given() => new(AccessKey, SecretKey, SessionToken, ProfileName, ProfileLocation, Credential);
}

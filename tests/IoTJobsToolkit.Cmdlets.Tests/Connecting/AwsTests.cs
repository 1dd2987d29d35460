namespace IoTJobsToolkit.Cmdlets.Tests.Connecting;

/// <summary>AWS IoT itself, in whose place a server stands that checks the signatures.</summary>
public sealed class AwsTests : IDisposable
{
    /// <summary>The usual file of profiles: the SDK asks once in a process where it is.</summary>
    private static readonly string Usual = Path.Combine(Path.GetTempPath(), $"iotjobs-profiles-{Environment.ProcessId}");

    private readonly Variables _variables = new();
    private readonly Shell _shell = new();
    private readonly TestServer _server;

    public AwsTests()
    {
        _server = new(Path.Combine(_shell.Folder, "aws.db"));
        File.WriteAllText(Profiles, $"""
            [default]
            aws_access_key_id = NOBODY
            aws_secret_access_key = nobody-at-all

            [fleet]
            aws_access_key_id = {TestServer.KeyId}
            aws_secret_access_key = {TestServer.Secret}

            [wrong]
            aws_access_key_id = SOMEONE
            aws_secret_access_key = someone-else

            [empty]
            region = eu-west-1

            """);
        File.WriteAllText(Usual, $"""
            [usual]
            aws_access_key_id = {TestServer.KeyId}
            aws_secret_access_key = {TestServer.Secret}

            """);
        _variables
            .Set("AWS_SHARED_CREDENTIALS_FILE", Usual)
            .Set("AWS_CONFIG_FILE", Usual + ".none")
            .Set("AWS_EC2_METADATA_DISABLED", "true")
            .Set("AWS_ENDPOINT_URL_IOT", _server.Endpoint)
            .Set("AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE", _server.Endpoint);
    }

    private string Profiles => Path.Combine(_shell.Folder, "profiles");

    private string Fleet => $"-ProfileName fleet -ProfileLocation '{Profiles}'";

    public void Dispose()
    {
        _server.Dispose();
        _shell.Dispose();
        _variables.Dispose();
        File.Delete(Usual);
    }

    [Fact]
    public void A_profile_signs_the_calls_of_both_planes()
    {
        _shell.Run($"Connect-IoTJobs -Region us-east-1 {Fleet}").IsSilent();

        _shell.Run("New-IoTThing lamp; New-IoTJob x -Thing lamp -Document '{}'").Succeeds();
        Assert.Equal("x", _shell.One("Start-IoTJNextPendingJobExecution lamp").JobId);
    }

    [Fact]
    public void Keys_of_the_environment_count_where_no_profile_is_named()
    {
        _variables.Set("AWS_ACCESS_KEY_ID", TestServer.KeyId).Set("AWS_SECRET_ACCESS_KEY", TestServer.Secret);

        Assert.Equal("lamp", _shell.One("Connect-IoTJobs -Region us-east-1; New-IoTThing lamp").ThingName);
    }

    [Fact]
    public void The_environment_names_a_profile()
    {
        _variables.Set("AWS_PROFILE", "usual");

        Assert.Equal("lamp", _shell.One("Connect-IoTJobs -Region us-east-1; New-IoTThing lamp").ThingName);
    }

    [Fact]
    public void A_call_may_have_a_region_and_keys_of_its_own()
    {
        _shell.Run($"Connect-IoTJobs -Region us-east-1 -ProfileName wrong -ProfileLocation '{Profiles}'").IsSilent();
        _shell.Run("Get-IoTThing").Fails("UnrecognizedClientException");

        _shell.Run($"Get-IoTThing {Fleet}; Get-IoTThing -AccessKey {TestServer.KeyId} -SecretKey {TestServer.Secret} -Region us-east-1").Succeeds();
        _shell.Run($"Get-IoTThing {Fleet} -Region eu-west-1").Fails("InvalidSignatureException");
        _shell.Run($"Get-IoTThing {Fleet} -Region 'x.example/'").Fails("InvalidRegion");
        _shell.Run($"Get-IoTThing {Fleet} -EndpointUrl {_server.Endpoint}").Succeeds();
    }

    [Theory]
    [InlineData("none", "there is no profile none")]
    [InlineData("empty", "holds no keys")]
    public void A_profile_without_keys_is_named(string profile, string message)
    {
        var error = _shell.Run($"Connect-IoTJobs -Region us-east-1 -ProfileName {profile} -ProfileLocation '{Profiles}'; Get-IoTThing").Fails("CredentialsNotFound");
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-ProfileName", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_keys_it_says_where_they_may_come_from()
    {
        var error = _shell.Run("Connect-IoTJobs -Region us-east-1; Get-IoTThing; 'not reached'").Fails("CredentialsNotFound");
        Assert.Contains("-AccessKey", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_the_toolkit_has_is_refused_as_such() =>
        _shell.Run($"Connect-IoTJobs -Region us-east-1 {Fleet}; Clear-IoTJobHistory 1 -Force").Fails("UnknownOperationException");

    [Fact]
    public void Names_complete_by_what_AWS_itself_lists()
    {
        _shell.Run($"Connect-IoTJobs -Region us-east-1 {Fleet}; $null = New-IoTThing lamp; $null = New-IoTThingGroup eu; $null = New-IoTThingGroup us").Succeeds();

        foreach (var (line, expected) in new[] { ("Get-IoTThing L", "lamp"), ("Remove-IoTThingGroup E", "eu"), ("Get-IoTThing -Group u", "us") })
        {
            Assert.Equal(expected, _shell.One<string>($"(TabExpansion2 -inputScript '{line}' -cursorColumn {line.Length}).CompletionMatches.CompletionText"));
        }
    }

    [Fact]
    public void What_was_meant_by_a_misspelled_name_is_looked_for_on_one_page()
    {
        _shell.Run($"Connect-IoTJobs -Region us-east-1 {Fleet}").IsSilent();
        _shell.Run("New-IoTThing (1..250 | ForEach-Object { \"lamp-$_\" }); New-IoTThing zebra").Succeeds();

        Assert.Equal("There is no thing lmap-1. Did you mean lamp-1?", Message("Get-IoTThing lmap-1"));
        Assert.Equal("There is no thing zerba.", Message("Get-IoTThing zerba"));

        string Message(string command) => _shell.Run(command).Fails("ResourceNotFoundException").ErrorDetails.Message;
    }

    [Fact]
    public void The_connection_says_what_it_is()
    {
        var connection = _shell.One($"Connect-IoTJobs -Region eu-west-1 {Fleet} -PassThru");
        Assert.Equal(("Aws", "eu-west-1", "fleet"), (connection.Kind.ToString(), connection.Region, connection.ProfileName));
        Assert.Matches("Aws +eu-west-1 +fleet +AWS IoT", _shell.Show($"Connect-IoTJobs -Region eu-west-1 {Fleet} -PassThru"));
    }
}

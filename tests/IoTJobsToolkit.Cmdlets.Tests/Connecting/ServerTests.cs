using System.Diagnostics;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.Connecting;

/// <summary>A server by its address: named by Connect-IoTJobs, by the environment, or by one call.</summary>
public sealed class ServerTests : IDisposable
{
    private const string Keys = $"-AccessKey {TestServer.KeyId} -SecretKey {TestServer.Secret}";
    private const string WhoAnswers = "(Get-IoTEndpoint iot:Data-ATS).ToString()";

    private readonly Variables _variables = new();
    private readonly Shell _shell = new();
    private readonly TestServer _server;

    public ServerTests() => _server = new(Path.Combine(_shell.Folder, "server.db"));

    private string Address => $"127.0.0.1:{_server.Port}";

    public void Dispose()
    {
        _server.Dispose();
        _shell.Dispose();
        _variables.Dispose();
    }

    [Theory]
    [InlineData(Keys)]
    [InlineData($"-AK {TestServer.KeyId} -SecretAccessKey {TestServer.Secret} -Region us-east-1")]
    [InlineData($"-Credential ([pscredential]::new('{TestServer.KeyId}', (ConvertTo-Secure '{TestServer.Secret}')))")]
    [InlineData($"-Credential ([pscustomobject]@{{ AccessKeyId = '{TestServer.KeyId}'; SecretAccessKey = '{TestServer.Secret}' }})")]
    [InlineData("-Credential ([AwsKeys]::new())")]
    public void Connect_takes_an_address_and_keys(string keys)
    {
        const string AwsKeys = $"class AwsKeys {{ [object] GetCredentials() {{ return [pscustomobject]@{{ AccessKey = '{TestServer.KeyId}'; SecretKey = '{TestServer.Secret}'; Token = '' }} }} }}";
        _shell.Run($"{AwsKeys}; {SecureText}; Connect-IoTJobs -Endpoint {_server.Endpoint} {keys}").IsSilent();

        Assert.Equal("lamp", _shell.One("New-IoTThing lamp").ThingName);
        Assert.Equal([Address], _shell.Run(WhoAnswers).Text);
        Assert.Empty(Directory.GetFiles(_shell.Folder, "jobs*"));
    }

    [Fact]
    public void Keys_come_from_the_environment_where_none_are_given()
    {
        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint}").IsSilent();
        _shell.Run("Get-IoTThing").Fails("MissingAuthenticationTokenException");

        _variables.Set("AWS_ACCESS_KEY_ID", "SOMEONE").Set("AWS_SECRET_ACCESS_KEY", "else");
        _shell.Run("Get-IoTThing").Fails("UnrecognizedClientException");
        _variables.Set("IOTJOBS_ACCESS_KEY_ID", TestServer.KeyId).Set("IOTJOBS_SECRET_ACCESS_KEY", TestServer.Secret);
        Assert.Equal([Address], _shell.Run(WhoAnswers).Succeeds().Text);
    }

    [Fact]
    public void The_environment_names_a_server_where_nothing_was_chosen()
    {
        _variables.Set("IOTJOBS_ENDPOINT", _server.Endpoint).Set("AWS_ACCESS_KEY_ID", TestServer.KeyId).Set("AWS_SECRET_ACCESS_KEY", TestServer.Secret);

        Assert.Equal(["localhost"], _shell.Run(WhoAnswers).Succeeds().Text);
        Assert.Equal([Address], _shell.Run($"Disconnect-IoTJobs; {WhoAnswers}").Succeeds().Text);
        Assert.Equal(["localhost"], _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}'; {WhoAnswers}").Succeeds().Text);
    }

    [Fact]
    public void Requests_are_signed_for_the_region_of_the_environment_unless_Connect_gives_one()
    {
        _variables.Set("AWS_REGION", "eu-west-1");
        var error = _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} {Keys}; Get-IoTThing").Fails("InvalidSignatureException");
        Assert.Contains("region", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} {Keys} -Region us-east-1; Get-IoTThing").Succeeds();
    }

    [Fact]
    public void A_server_that_asks_for_no_keys_is_called_without()
    {
        using var open = new TestServer(Path.Combine(_shell.Folder, "open.db"), "--Jobs:Auth=Open");

        _shell.Run($"Connect-IoTJobs -Endpoint {open.Endpoint}; New-IoTThing lamp; New-IoTJob x -Thing lamp -Document '{{}}'").Succeeds();
        Assert.Equal("1", _shell.One("Get-IoTJob x -Select Job.JobProcessDetails.NumberOfQueuedThings").ToString());
        Assert.Equal("x", _shell.One("(Get-IoTJPendingJobExecution lamp).QueuedJobs").JobId);
        _shell.Run("Start-IoTJNextPendingJobExecution lamp | Update-IoTJJobExecution -Status SUCCEEDED").Succeeds();
        Assert.Equal("SUCCEEDED", _shell.One("Get-IoTJobExecution x lamp").Status.ToString());
    }

    [Fact]
    public void A_column_of_a_table_does_not_decide_where_its_rows_go()
    {
        Assert.Equal("lamp", _shell.One($"[pscustomobject]@{{ ThingName = 'lamp'; EndpointUrl = '{_server.Endpoint}' }} | New-IoTThing").ThingName);
        Assert.Equal("lamp", _shell.One("Get-IoTThing").ThingName);
        Assert.Empty(_server.Changes);
    }

    [Theory]
    [InlineData("SOMEONE", TestServer.Secret, "UnrecognizedClientException")]
    [InlineData(TestServer.KeyId, "another-secret", "InvalidSignatureException")]
    public void A_refused_signature_says_to_check_the_keys(string id, string secret, string error)
    {
        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} -AccessKey {id} -SecretKey {secret}").IsSilent();

        var refusal = _shell.Run("Get-IoTThing").Fails(error);
        Assert.Equal(ErrorCategory.AuthenticationError, refusal.CategoryInfo.Category);
        Assert.Contains("access key", refusal.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_wrong_signature_should_have_been_made_of_is_in_the_exception_alone()
    {
        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} -AccessKey {TestServer.KeyId} -SecretKey another-secret").IsSilent();

        var refusal = _shell.Run("Get-IoTThing").Fails("InvalidSignatureException");
        Assert.DoesNotContain('\n', refusal.ErrorDetails.Message);
        Assert.Contains("Canonical String", refusal.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTThing")]
    [InlineData("New-IoTThing a, b")]
    [InlineData("'a', 'b' | New-IoTJob -Thing lamp -Document '{}'")]
    [InlineData("New-IoTJob x -Target arn:aws:iot:us-east-1:123456789012:thing/lamp -Document '{}'")]
    [InlineData("Clear-IoTJobHistory 1 -Force")]
    public void Where_nothing_listens_the_pipeline_ends_with_what_to_do(string command)
    {
        var endpoint = _server.Endpoint;
        _server.Dispose();
        _shell.Run($"Connect-IoTJobs -Endpoint {endpoint} {Keys}").IsSilent();

        var error = _shell.Run(command).Fails("ServerNotReachable");
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
        Assert.Equal(endpoint, error.TargetObject);
        Assert.Contains("Start the server", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Connect-IoTJobs", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Endpoint localhost:8080", "InvalidEndpoint")]
    [InlineData("-Endpoint ftp://localhost", "InvalidEndpoint")]
    [InlineData("-Endpoint jobs.example.com", "InvalidEndpoint")]
    [InlineData("-Endpoint http://user:hunter2@localhost", "InvalidEndpoint")]
    [InlineData("-Endpoint 'http://localhost/?key=hunter2'", "InvalidEndpoint")]
    [InlineData("-Endpoint https://", "InvalidEndpoint")]
    [InlineData("http://localhost:8080", "EndpointAsPath")]
    [InlineData("-Endpoint http://localhost -AccessKey a", "InvalidCredentials")]
    [InlineData("-Endpoint http://localhost -SecretKey hunter2", "InvalidCredentials")]
    [InlineData("-Endpoint http://localhost -Credential 'hunter2'", "InvalidCredentials")]
    [InlineData("-Endpoint http://localhost -Region EU.example/", "ParameterArgumentValidationError")]
    [InlineData("-Endpoint http://localhost jobs.db", "PositionalParameterNotFound")]
    public void What_can_be_no_connection_is_refused_and_the_old_one_stays(string arguments, string id)
    {
        var error = _shell.Run($"Connect-IoTJobs {arguments}").Fails(id);

        Assert.DoesNotContain("hunter2", $"{error.Exception.Message} {error.ErrorDetails?.Message} {error.TargetObject}", StringComparison.Ordinal);
        Assert.Equal(["localhost"], _shell.Run(WhoAnswers).Succeeds().Text);
    }

    [Fact]
    public void What_the_environment_names_wrongly_is_refused_by_name()
    {
        _variables.Set("IOTJOBS_ENDPOINT", "localhost");
        _shell.Run("Disconnect-IoTJobs").Succeeds();

        var error = _shell.Run("Get-IoTThing -ProfileName p").Fails("InvalidEndpoint");
        Assert.Contains("IOTJOBS_ENDPOINT", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://192.0.2.1:8080", true)]
    [InlineData("http://jobs.example.com", true)]
    [InlineData("https://jobs.example.com", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://[::1]:8080", false)]
    public void Plain_HTTP_over_a_network_is_warned_of(string endpoint, bool isWarned) =>
        Assert.Equal(isWarned, _shell.Run($"Connect-IoTJobs -Endpoint {endpoint}").Succeeds().Warnings.Any(warning => warning.Contains("not encrypted", StringComparison.Ordinal)));

    [Fact]
    public void One_call_may_go_to_another_server()
    {
        Assert.Equal([Address], _shell.Run($"(Get-IoTEndpoint iot:Data-ATS -EndpointUrl {_server.Endpoint} {Keys}).ToString()").Succeeds().Text);
        Assert.Equal(["localhost"], _shell.Run(WhoAnswers).Succeeds().Text);

        _shell.Run($"Get-IoTThing -EndpointUrl {_server.Endpoint} {Keys} -Region eu-west-1").Fails("InvalidSignatureException");
        _shell.Run($"Get-IoTThing -EndpointUrl nonsense {Keys}").Fails("InvalidEndpoint");
    }

    [Fact]
    public void A_connected_server_keeps_its_region_and_keys_whatever_a_call_says()
    {
        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} {Keys}").IsSilent();
        using var script = _shell.Create("New-IoTThing lamp -Region eu-west-1 -AccessKey a -SecretKey b -ProfileName p -Verbose | ForEach-Object ThingName");

        Assert.Equal("lamp", Assert.Single(script.Invoke()).ToString());
        Assert.Equal(4, script.Streams.Verbose.Count(record => record.Message.Contains("is not used", StringComparison.Ordinal)));
        Assert.Equal([Address], _shell.Run($"(Get-IoTEndpoint iot:Data-ATS -EndpointUrl {_server.Endpoint.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}).ToString()").Succeeds().Text);
    }

    [Fact]
    public void Disconnect_forgets_the_keys()
    {
        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} {Keys}; Get-IoTThing; Disconnect-IoTJobs").Succeeds();
        _shell.Run($"Get-IoTThing -EndpointUrl {_server.Endpoint}").Fails("MissingAuthenticationTokenException");
    }

    [Fact]
    public void Runspaces_share_the_connection()
    {
        using var second = _shell.SecondRunspace();
        _shell.Run($"Connect-IoTJobs -Endpoint {_server.Endpoint} {Keys}; New-IoTThing lamp").Succeeds();

        Assert.Equal("lamp", second.One("Get-IoTThing").ThingName);
        second.Run("Remove-Module IoTJobsToolkit").Succeeds();
        Assert.Equal("lamp", _shell.One("Get-IoTThing").ThingName);
    }

    [Fact]
    public void A_call_that_hangs_is_stopped_at_once()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _shell.Run($"Connect-IoTJobs -Endpoint http://{silent.LocalEndpoint}").IsSilent();
        using var asking = _shell.Create("Get-IoTThing; 'not reached'");
        var running = asking.BeginInvoke();
        using var called = silent.AcceptTcpClient();

        var time = Stopwatch.StartNew();
        asking.Stop();
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Throws<PipelineStoppedException>(() => asking.EndInvoke(running));
    }

    [Fact]
    public void A_server_that_does_not_answer_completes_nothing_without_a_sound()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _shell.Run($"Connect-IoTJobs -Endpoint http://{silent.LocalEndpoint}").IsSilent();

        var time = Stopwatch.StartNew();
        var matches = _shell.One<CommandCompletion>("TabExpansion2 -inputScript 'Get-IoTThing lam' -cursorColumn 16").CompletionMatches;
        Assert.DoesNotContain(matches, match => match.ResultType == CompletionResultType.ParameterValue);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Empty(_shell.Run("$Error").Output);
    }

    [Fact]
    public void No_stream_and_no_object_shows_a_secret()
    {
        using var script = _shell.Create($$"""
            {{SecureText}}
            $VerbosePreference = $DebugPreference = 'Continue'
            $connection = Connect-IoTJobs -Endpoint {{_server.Endpoint}} {{Keys}} -SessionToken {{Token}} -PassThru
            $connection; "$connection"; $connection.PSObject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
            New-IoTThing lamp
            Connect-IoTJobs -Endpoint {{_server.Endpoint}} {{Keys}}
            New-IoTThing lamp; Get-IoTJob none
            Get-IoTThing -EndpointUrl {{_server.Endpoint}} -AccessKey {{TestServer.KeyId}} -SecretKey {{TestServer.Secret}}x
            Get-IoTThing -EndpointUrl http://127.0.0.1:9 {{Keys}}
            """);
        var output = new PSDataCollection<PSObject>();
        try
        {
            script.Invoke(null, output);
        }
        catch (RuntimeException)
        {
            // The last line ends the pipeline; its record is looked at below.
        }

        var errors = script.Streams.Error.Concat(_shell.Run("$Error").Output.Select(item => item.BaseObject).OfType<ErrorRecord>()).ToList();
        var said = string.Join('\n', [
            .. output.Select(item => item.ToString()), .. script.Streams.Verbose.Select(record => record.Message),
            .. script.Streams.Debug.Select(record => record.Message), .. script.Streams.Warning.Select(record => record.Message),
            .. errors.SelectMany(error => new[] { error.ToString(), error.Exception.ToString(), error.ErrorDetails?.RecommendedAction ?? "", $"{error.TargetObject}" }),
            _shell.Show($"Connect-IoTJobs -Endpoint {_server.Endpoint} {Keys} -PassThru"), _shell.Host.Text]);
        Assert.True(errors.Count >= 3);
        Assert.Contains("ListThings", said, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, said, StringComparison.Ordinal);
    }

    private const string Token = "a-token-of-the-tests-only";

    /// <summary>The host has no ConvertTo-SecureString.</summary>
    private const string SecureText = "function ConvertTo-Secure($text) { $secure = [securestring]::new(); $text.ToCharArray() | ForEach-Object { $secure.AppendChar($_) }; $secure }";
}

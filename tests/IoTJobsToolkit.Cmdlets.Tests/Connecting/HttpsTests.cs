using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Cmdlets.Tests.Connecting;

/// <summary>Servers with a certificate which the authority of their own database issued.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly Variables _variables = new();
    private readonly Shell _shell = new();

    public void Dispose()
    {
        _shell.Dispose();
        _variables.Dispose();
    }

    [Fact]
    public void The_host_of_a_database_is_known_by_the_authority_beside_it()
    {
        using var host = new TestServer(_shell.DatabasePath, "--urls=https://127.0.0.1:0");
        Assert.StartsWith("https://", host.Endpoint, StringComparison.Ordinal);

        Assert.Equal("lamp", _shell.One("New-IoTThing lamp").ThingName);
        Assert.Contains(_shell.Run("Get-IoTAccessKey | ForEach-Object AccessKeyId").Succeeds().Text, id => id == TestServer.KeyId);
    }

    [Fact]
    public void Another_server_is_trusted_by_the_file_that_is_named_and_by_no_other()
    {
        var database = Path.Combine(_shell.Folder, "server.db");
        using var server = new TestServer(database, "--urls=https://127.0.0.1:0");
        var connect = $"Connect-IoTJobs -Endpoint {server.Endpoint} -AccessKey {TestServer.KeyId} -SecretKey {TestServer.Secret}";

        var refused = _shell.Run($"{connect}; Get-IoTThing").Fails("ServerNotTrusted");
        Assert.Contains("/toolkit/ca", refused.Exception.Message, StringComparison.Ordinal);

        using var foreign = LocalAuthority.OpenFor(Path.Combine(_shell.Folder, "foreign.db"), TimeProvider.System);
        _shell.Run($"{connect} -CaCertificatePath '{LocalAuthority.CertificatePathFor(Path.Combine(_shell.Folder, "foreign.db"))}'; Get-IoTThing").Fails("ServerNotTrusted");

        _shell.Run($"{connect} -CaCertificatePath '{LocalAuthority.CertificatePathFor(database)}'; Get-IoTThing").IsSilent();
        _variables.Set("AWS_CA_BUNDLE", LocalAuthority.CertificatePathFor(database));
        _shell.Run($"{connect}; Get-IoTThing").IsSilent();
    }

    [Theory]
    [InlineData("missing.pem", null)]
    [InlineData("empty.pem", "no certificate")]
    public void A_file_without_a_certificate_is_refused_where_it_is_named(string name, string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(_shell.Folder, name), content);
        }

        var error = _shell.Run($"Connect-IoTJobs -Endpoint https://localhost:1 -CaCertificatePath '{Path.Combine(_shell.Folder, name)}'").Fails("AuthoritiesNotRead");
        Assert.Contains(name, error.Exception.Message, StringComparison.Ordinal);
    }
}

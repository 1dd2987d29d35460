namespace IoTJobsToolkit.S3.Tests;

public sealed class S3SettingsTests
{
    private static readonly S3Role Role = new() { Arn = "arn:aws:iam::1:role/R", AccessKeyId = "A", SecretAccessKey = "S" };

    public static TheoryData<S3Settings, string> Faulty => new()
    {
        { new S3Settings { Endpoint = new Uri("ftp://store") }, "S3:Endpoint" },
        { new S3Settings { Endpoint = new Uri("http://store/path") }, "S3:Endpoint" },
        { new S3Settings { Endpoint = new Uri("store", UriKind.Relative) }, "S3:Endpoint" },
        { new S3Settings { Region = "" }, "S3:Region" },
        { new S3Settings { AccessKeyId = "A" }, "S3:AccessKeyId and S3:SecretAccessKey" },
        { new S3Settings { Roles = [Role, new S3Role { Arn = "arn:aws:iam::1:role/Q", AccessKeyId = "A" }] }, "S3:Roles:1" },
        { new S3Settings { Roles = [Role, Role] }, "S3:Roles:1:Arn" },
        { new S3Settings { Roles = [new S3Role { Arn = "arn:aws:iam::1:role/R" }] }, "S3:Roles:0 needs Arn, and either" },
        { new S3Settings { Roles = [new S3Role { Assume = true }] }, "S3:Roles:0 needs Arn" },
        { new S3Settings { Roles = [new S3Role { Arn = "arn:aws:iam::1:role/R", AccessKeyId = "A", SecretAccessKey = "S", Assume = true }] }, "S3:Roles:0 has both" },
        { new S3Settings { Roles = [new S3Role { Arn = "arn:aws:iam::1:role/R", Assume = true }] }, "S3:Roles:0:Assume needs S3:AccessKeyId" },
        { new S3Settings { Sts = new() { Endpoint = new Uri("sts.local", UriKind.Relative) } }, "S3:Sts:Endpoint" },
        { new S3Settings { Sts = new() { Endpoint = new Uri("ftp://sts.local") } }, "S3:Sts:Endpoint" },
        { new S3Settings { Sts = new() { DurationSeconds = 899 } }, "S3:Sts:DurationSeconds" },
        { new S3Settings { Sts = new() { DurationSeconds = 43201 } }, "S3:Sts:DurationSeconds" },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void A_faulty_setting_is_named(S3Settings settings, string name) => Assert.StartsWith(
        name,
        Assert.Throws<ArgumentException>(() => new S3ObjectStore(settings)).Message,
        StringComparison.Ordinal);
}

namespace IoTJobsToolkit.Cmdlets.Tests.Views;

public sealed class StatusColourTests : IDisposable
{
    private const char Escape = '\x1b';

    private readonly Shell _shell = new();

    public StatusColourTests() => _shell.Run("""
        'lamp-1', 'lamp-2' | New-IoTThing | New-IoTJob -JobId fw-7 -Document '{}'
        Start-IoTJNextPendingJobExecution lamp-1 | Update-IoTJJobExecution -Status FAILED
        """).Succeeds();

    public void Dispose()
    {
        _shell.Run("$PSStyle.OutputRendering = 'Host'");
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7", "Red", "FAILED")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 | Format-List", "Red", "FAILED")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 | Format-Wide", "Red", "lamp-1")]
    [InlineData("Get-IoTJob", "BrightBlue", "IN_PROGRESS")]
    [InlineData("Get-IoTJobList | Format-List", "BrightBlue", "IN_PROGRESS")]
    public void A_host_that_can_shows_statuses_in_colour(string command, string colour, string text)
    {
        _shell.Host.HasColours = true;
        var code = _shell.One<string>($"$PSStyle.Foreground.{colour}");

        Assert.Contains($"{code}{text}{Escape}[0m", Raw(command), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTJob")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 | Format-Wide")]
    public void A_host_that_cannot_shows_plain_statuses(string command) => Assert.DoesNotContain(Escape + "[9", Raw(command), StringComparison.Ordinal);

    [Fact]
    public void Who_wants_plain_text_gets_it()
    {
        _shell.Host.HasColours = true;
        _shell.Run("$PSStyle.OutputRendering = 'PlainText'").Succeeds();

        Assert.Equal("FAILED", _shell.One<string>("[IoTJobsToolkit.Cmdlets.Views.StatusText]::Of('FAILED', $Host)"));
    }

    [Fact]
    public void What_goes_to_a_file_or_a_text_is_plain_and_its_columns_stand_one_under_the_other()
    {
        _shell.Host.HasColours = true;
        _shell.Run($"Get-IoTJobExecutionsForJobList fw-7 > '{_shell.Folder}/log.txt'").Succeeds();
        var text = _shell.One<string>("Get-IoTJobExecutionsForJobList fw-7 | Out-String");

        foreach (var log in new[] { File.ReadAllText(Path.Combine(_shell.Folder, "log.txt")), text })
        {
            var lines = log.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
            Assert.DoesNotContain(Escape, log);
            Assert.Equal(4, lines.Count);
            Assert.Single(lines.Where(line => line.Contains("fw-7", StringComparison.Ordinal)).Select(line => line.IndexOf("fw-7", StringComparison.Ordinal)).Distinct());
        }
    }

    [Fact]
    public void Nothing_known_of_the_host_is_no_colour()
    {
        Assert.Equal("FAILED", _shell.One<string>("[IoTJobsToolkit.Cmdlets.Views.StatusText]::Of('FAILED', $null)"));
        Assert.Equal("", _shell.One<string>("[IoTJobsToolkit.Cmdlets.Views.StatusText]::Of($null, $Host)"));
    }

    private string Raw(string command)
    {
        var before = _shell.Host.Text.Length;
        _shell.Run($"{command} | Out-Default").Succeeds();
        return _shell.Host.Text[before..];
    }
}

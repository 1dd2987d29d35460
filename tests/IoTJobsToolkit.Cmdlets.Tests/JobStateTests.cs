using System.Text.Json;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>How a job stood at a moment, and all of its history as a file.</summary>
public abstract class JobStateTests : IDisposable
{
    private readonly Shell _shell;

    private JobStateTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            $null = New-IoTThing a, b
            $null = Get-IoTThing | New-IoTJob fw-7 -Document '{}'
            $null = Update-IoTJJobExecution fw-7 a FAILED -StatusDetails @{ reason = 'größer' }
            """).Succeeds();
    }

    public sealed class InProcess() : JobStateTests(Where.InProcess);

    public sealed class ThroughServer() : JobStateTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_state_of_now_is_that_of_the_counters()
    {
        var state = _shell.One<DescribeJobStateResponse>("Get-IoTJob fw-7 | Get-IoTJobState -At 0");
        Assert.Equal((1L, 1L, 0L), (state.Queued, state.Failed, state.Succeeded));
        Assert.Contains("fw-7", _shell.Show("Get-IoTJobState fw-* 0"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTJobState fw-7 30", "was not there")]
    [InlineData("Get-IoTJobState fw-7 (Get-Date).AddDays(1)", "in the future")]
    public void A_moment_at_which_there_was_no_job_is_refused(string command, string words) =>
        Assert.Contains(words, _shell.Run(command).Fails("InvalidRequestException").ToString(), StringComparison.Ordinal);

    [Fact]
    public void All_of_the_history_goes_into_a_file_line_by_line()
    {
        var file = Path.Combine(_shell.Folder, "h.jsonl");
        Assert.Equal("h.jsonl", _shell.One<FileInfo>($"Export-IoTJobHistory fw-* '{file}' -PassThru").Name);

        var lines = File.ReadAllLines(file).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("created", lines[0].GetProperty("what").GetString());
        Assert.Equal(["a QUEUED", "a FAILED", "b QUEUED"], lines.Where(line => line.TryGetProperty("executionNumber", out _))
            .Select(line => $"{line.GetProperty("thingName")} {line.GetProperty("to")}"));
        Assert.Contains(lines, line => line.TryGetProperty("details", out var details) && details.GetString() == "reason: größer");
        _shell.Run($"Export-IoTJobHistory fw-7 '{file}'").Fails("FileExists");
        _shell.Run($"Export-IoTJobHistory fw-7 '{file}' -Force").IsSilent();
    }

    [Theory]
    [InlineData("Export-IoTJobHistory fw-8 \"$folder/h.jsonl\"", "ResourceNotFoundException")]
    [InlineData("Export-IoTJobHistory fw-7 \"$folder/nowhere/h.jsonl\"", "FileNotWritten")]
    public void What_fails_leaves_no_file(string command, string id)
    {
        _shell.Run($"$folder = '{_shell.Folder}'; {command}").Fails(id);

        Assert.Empty(Directory.GetFiles(_shell.Folder, "h.jsonl*"));
    }
}

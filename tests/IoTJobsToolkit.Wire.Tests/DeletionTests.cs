namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Deleting jobs and executions (examples 9, 19; C-5).</summary>
public sealed class DeletionTests
{
    [Fact]
    public async Task Ten_jobs_may_be_deleted_at_a_time()
    {
        using var wire = new WireConversation(settings: new() { DeletionPaused = true });
        await wire.Control("POST /things/t");
        var ids = Enumerable.Range(1, 11).Select(number => $"d{number:00}").ToList();
        foreach (var id in ids)
        {
            await Create(wire, id, "t");
            await wire.Data($"POST /things/t/jobs/{id}", """{"status":"SUCCEEDED"}""");
        }

        foreach (var id in ids[..10])
        {
            (await wire.Control($"DELETE /jobs/{id}")).IsNothing();
        }

        Assert.Equal(10, (await wire.Control("GET /jobs?status=DELETION_IN_PROGRESS")).Json["jobs"]!.AsArray().Count);
        (await wire.Control("DELETE /jobs/d11")).IsRefused(410, "LimitExceededException");
        Assert.Equal("COMPLETED", (string?)(await wire.Control("GET /jobs/d11")).Json["job"]!["status"]);
        (await wire.Control("DELETE /jobs/d01")).IsRefused(409, "InvalidStateTransitionException");
        (await wire.Control("PUT /jobs/d01/cancel", "{}")).IsRefused(400, "InvalidRequestException");
        var taken = (await Create(wire, "d01", "t")).IsRefused(409, "ResourceAlreadyExistsException");
        Assert.Equal(("d01", "arn:aws:iot:us-east-1:123456789012:job/d01"), ((string)taken.Json["resourceId"]!, (string)taken.Json["resourceArn"]!));
        (await wire.Data("POST /things/t/jobs/d01", """{"status":"SUCCEEDED"}""")).IsRefused(404, "ResourceNotFoundException");
        (await wire.Data("GET /things/t/jobs/d01")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task Executions_are_deleted_by_number_or_the_latest_without_one()
    {
        using var wire = new WireConversation();
        foreach (var thing in new[] { "A", "B", "C" })
        {
            await wire.Control($"POST /things/{thing}");
        }
        await Create(wire, "x1", "A", "B", "C");
        await wire.Data("PUT /things/A/jobs/$next");
        await wire.Data("POST /things/C/jobs/x1", """{"status":"SUCCEEDED"}""");

        (await wire.Control("DELETE /things/B/jobs/x1/executionNumber/1")).IsNothing();
        (await wire.Control("DELETE /things/B/jobs/x1/executionNumber/1")).IsRefused(404, "ResourceNotFoundException");
        (await wire.Control("DELETE /things/A/jobs/x1/executionNumber/2")).IsRefused(404, "ResourceNotFoundException");
        (await wire.Control("DELETE /things/A/jobs/x1/executionNumber/1?force=false")).IsRefused(409, "InvalidStateTransitionException");
        (await wire.Control("DELETE /things/A/jobs/x1/executionNumber/1?force=true")).IsNothing();
        (await wire.Data("POST /things/A/jobs/x1", """{"status":"SUCCEEDED"}""")).IsRefused(404, "ResourceNotFoundException");
        Assert.Equal("COMPLETED", (string?)(await wire.Control("GET /jobs/x1")).Json["job"]!["status"]);

        (await wire.Control("DELETE /things/C/jobs/x1")).IsNothing();
        (await wire.Control("GET /jobs/x1/things")).Is("""{"executionSummaries":[]}""");
        Assert.Equal("COMPLETED", (string?)(await wire.Control("GET /jobs/x1")).Json["job"]!["status"]);
    }

    private static Task<WireAnswer> Create(WireConversation wire, string jobId, params string[] things) => wire.Control(
        $"PUT /jobs/{jobId}",
        $$"""{"targets":[{{string.Join(',', things.Select(thing => $"\"{WireConversation.Thing}{thing}\""))}}],"document":"{}"}""");
}

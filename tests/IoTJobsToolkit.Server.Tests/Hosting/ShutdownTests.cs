using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Server.Tests.Hosting;

public sealed class ShutdownTests
{
    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_store_closes()
    {
        using var store = new InMemoryJobsStore();
        await using var server = await ApiServer.StartAsync(store, new SlowDocuments());
        await server.Control("POST /things/t", "{}");

        var creating = server.Control(
            "PUT /jobs/q", $$"""{"targets":["{{ApiServer.Arn}}thing/t"],"documentSource":"https://s3.amazonaws.com/b/doc.json"}""");
        await SlowDocuments.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var stopping = server.StopAsync();
        Assert.False(stopping.IsCompleted);
        SlowDocuments.Released.SetResult("{}");

        (await creating).IsOk();
        await stopping;
    }

    private sealed class SlowDocuments : IObjectStore
    {
        public static TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static TaskCompletionSource<string> Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Presign(PresignRequest request) => "https://signed.example/";

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            return Released.Task;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Errors;
using IoTJobsToolkit.Wire.Json;
using IoTJobsToolkit.Wire.Requests;

namespace IoTJobsToolkit.Wire;

/// <summary>A part of a path between slashes: a word, or the place of a member.</summary>
public readonly record struct PathSegment(string Text, bool IsMember);

/// <summary>How one operation looks as a request: the members not named here travel in the body.</summary>
public abstract class Route
{
    private protected Route(Type operation, Type response, Plane plane, string request)
    {
        OperationType = operation;
        ResponseType = response;
        Plane = plane;
        var (method, target) = Cut(request, ' ');
        var (path, query) = Cut(target, '?');
        Method = method;
        Path = path;
        Segments = [.. path.Split('/').Skip(1).Select(text => text.StartsWith('{') ? new PathSegment(text[1..^1], true) : new(text, false))];
        PathMembers = [.. Segments.Where(segment => segment.IsMember).Select(segment => segment.Text)];
        QueryMembers = query.Length > 0 ? query.Split('&') : [];
        Faults = OperationFaults.Of(operation);
    }

    /// <summary>AWS's name of the operation.</summary>
    public string Operation => OperationType.Name;

    public Type OperationType { get; }

    public Type ResponseType { get; }

    public Plane Plane { get; }

    public string Method { get; }

    /// <summary>As the service model writes it, such as <c>/jobs/{jobId}</c>.</summary>
    public string Path { get; }

    public IReadOnlyList<PathSegment> Segments { get; }

    public IReadOnlyList<string> PathMembers { get; }

    public IReadOnlyList<string> QueryMembers { get; }

    /// <summary>What is answered where the request is not at fault.</summary>
    public OperationFaults Faults { get; }

    /// <summary>A query member which is read from the body when the query has none (C-22).</summary>
    public string? AlsoInBody { get; init; }

    /// <summary>True for routes which AWS does not have.</summary>
    public bool IsExtension { get; init; }

    /// <summary>What a route of ours does, in a sentence, for its description; null for AWS's.</summary>
    public string? Summary { get; init; }

    /// <summary>The operation that a request asks for.</summary>
    /// <exception cref="JobsException">The request is malformed; the message names field, value and rule.</exception>
    public abstract Operation Bind(RequestParts request);

    /// <summary>The request that asks for an operation of this route: the reverse of <see cref="Bind"/>.</summary>
    /// <exception cref="JobsException">A member which stands in the path is missing, or cannot stand there.</exception>
    public abstract FormattedRequest Format(Operation operation);

    /// <summary>Whether the operation has every member which stands in this route's path.</summary>
    internal abstract bool HasPath(Operation operation);

    /// <summary>Runs an operation of this route and returns its answer's body; empty for operations which answer nothing.</summary>
    public abstract Task<ReadOnlyMemory<byte>> RunAsync(
        IJobs jobs, Operation operation, WireJson json, CancellationToken cancellationToken = default);

    private static (string Left, string Right) Cut(string text, char at) =>
        text.IndexOf(at) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, "");
}

/// <inheritdoc />
/// <param name="request">Method, path and query members: <c>DELETE /jobs/{jobId}?force&amp;namespaceId</c>.</param>
public sealed class Route<TOperation, TResponse>(Plane plane, string request)
    : Route(typeof(TOperation), typeof(TResponse), plane, request)
    where TOperation : Operation<TResponse>
{
    private RequestBinder? _binder;
    private RequestFormatter? _formatter;

    private static JsonTypeInfo<TOperation> RequestType => WireJson.Aws.TypeOf<TOperation>();

    private RequestFormatter Formatter => _formatter ??= new(this, RequestType);

    public override Operation Bind(RequestParts request)
    {
        _binder ??= new(this, RequestType);
        return (Operation)_binder.Bind(request);
    }

    public override FormattedRequest Format(Operation operation) => Formatter.Format((TOperation)operation);

    internal override bool HasPath(Operation operation) => Formatter.HasPath(operation);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(
        IJobs jobs, Operation operation, WireJson json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(json);
        var response = await jobs.ExecuteAsync((TOperation)operation, cancellationToken).ConfigureAwait(false);
        return response is Nothing ? default : JsonSerializer.SerializeToUtf8Bytes(response, json.TypeOf<TResponse>());
    }
}

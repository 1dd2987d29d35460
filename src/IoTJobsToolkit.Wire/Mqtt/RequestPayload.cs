using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Wire.Requests;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>
/// A request's payload, read in one pass (mqtt-api 2). What is wrong with a member counts only when all of it is JSON, so that is looked at to
/// the end, and the client's token is found wherever it stands.
/// </summary>
internal ref struct RequestPayload
{
    private static readonly (RequestMembers Member, string Name)[] Names =
    [
        (RequestMembers.Status, "status"),
        (RequestMembers.ClientToken, "clientToken"),
        (RequestMembers.ExpectedVersion, "expectedVersion"),
        (RequestMembers.StatusDetails, "statusDetails"),
        (RequestMembers.ExecutionNumber, "executionNumber"),
        (RequestMembers.StepTimeoutInMinutes, "stepTimeoutInMinutes"),
        (RequestMembers.IncludeJobExecutionState, "includeJobExecutionState"),
        (RequestMembers.IncludeJobDocument, "includeJobDocument"),
    ];

    private readonly ReadOnlySpan<byte> _payload;
    private readonly RequestMembers _counted;
    private Utf8JsonReader _json;
    private RequestMembers _seen;

    private RequestPayload(ReadOnlySpan<byte> payload, RequestMembers counted)
    {
        _payload = payload;
        _counted = counted;
    }

    /// <summary>Null where the request is in order, as far as its form goes.</summary>
    public Rejection? Rejection { get; private set; }

    public string? ClientToken { get; private set; }

    public JobExecutionStatus? Status { get; private set; }

    public Dictionary<string, string>? StatusDetails { get; private set; }

    public long? ExpectedVersion { get; private set; }

    public long? ExecutionNumber { get; private set; }

    public long? StepTimeoutInMinutes { get; private set; }

    public bool? IncludeJobExecutionState { get; private set; }

    public bool? IncludeJobDocument { get; private set; }

    /// <param name="counted">What is read; the rest is ignored.</param>
    public static RequestPayload Read(ReadOnlySpan<byte> payload, RequestMembers counted)
    {
        var request = new RequestPayload(payload, counted);
        if (!payload.IsEmpty)
        {
            request.Read();
        }
        return request;
    }

    private void Read()
    {
        if (!Utf8.IsValid(_payload))
        {
            Rejection = Rejection.InvalidJson("The payload is not valid UTF-8.");
            return;
        }
        if (_payload.StartsWith("\uFEFF"u8))
        {
            Rejection = Rejection.InvalidJson("The payload begins with a byte order mark; JSON is sent without one.");
            return;
        }
        try
        {
            _json = new(_payload);
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                Rejection = Rejection.InvalidJson("The payload must be a JSON object, or empty.");
                return;
            }
            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember();
            }
            _json.Read(); // Refuses what follows the object.
        }
        catch (JsonException exception)
        {
            Rejection = Rejection.InvalidJson($"The payload is not valid JSON: {exception.Message}");
        }
    }

    private void ReadMember()
    {
        var (member, name) = Find();
        _json.Read();
        if (member == RequestMembers.None)
        {
            _json.Skip();
            return;
        }
        if ((_seen & member) != 0)
        {
            Refuse(Misfit.Twice(name));
            _json.Skip();
            return;
        }
        _seen |= member;
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }
        switch (member)
        {
            case RequestMembers.ClientToken:
                ClientToken = Text(name);
                break;
            case RequestMembers.Status:
                Status = ReadStatus(name);
                break;
            case RequestMembers.StatusDetails:
                StatusDetails = ReadDetails(name);
                break;
            case RequestMembers.ExpectedVersion:
                ExpectedVersion = Number(name);
                break;
            case RequestMembers.ExecutionNumber:
                ExecutionNumber = Number(name);
                break;
            case RequestMembers.StepTimeoutInMinutes:
                StepTimeoutInMinutes = Number(name);
                break;
            case RequestMembers.IncludeJobExecutionState:
                IncludeJobExecutionState = Flag(name);
                break;
            case RequestMembers.IncludeJobDocument:
                IncludeJobDocument = Flag(name);
                break;
        }
    }

    private readonly (RequestMembers Member, string Name) Find()
    {
        if (IsText())
        {
            foreach (var known in Names)
            {
                if ((known.Member & _counted) != 0 && _json.ValueTextEquals(known.Name))
                {
                    return known;
                }
            }
        }
        return default;
    }

    private JobExecutionStatus? ReadStatus(string name)
    {
        if (_json.TokenType == JsonTokenType.String && IsText() && ExecutionJson.Statuses.TryRead(ref _json, out var status))
        {
            return status;
        }
        if (Text(name) is { } word)
        {
            Refuse(ExecutionJson.Statuses.Refusal(name, word));
        }
        return null;
    }

    private Dictionary<string, string>? ReadDetails(string name)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Refuse(Misfit.Wrong(name, Raw(), "a JSON object of strings"));
            return null;
        }
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Decoded(name);
            _json.Read();
            var field = $"{name}.{key}";
            var value = _json.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.Number => Raw(), // AWS's own jobs agent sends its uptime so.
                _ => Text(field),
            };
            if (key is not null && !details.TryAdd(key, value!)) // The engine says that a value must not be null.
            {
                Refuse(Misfit.Twice(field));
            }
        }
        return details;
    }

    /// <summary>Digits count as a number too: AWS's own guide sends them so.</summary>
    private long? Number(string name)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number))
        {
            return number;
        }
        var isText = _json.TokenType == JsonTokenType.String;
        var text = isText ? Decoded(name) : Raw();
        if (isText && IsDigits(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }
        if (text is not null)
        {
            Refuse(Check.Failed(name, text, Misfit.WholeNumber(long.MinValue, long.MaxValue)));
        }
        return null;
    }

    /// <summary>A parser by itself takes a plus and zero characters at the end, too.</summary>
    private static bool IsDigits(ReadOnlySpan<char> text) => !text.TrimStart('-').ContainsAnyExceptInRange('0', '9');

    private bool? Flag(string name)
    {
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _json.TokenType == JsonTokenType.True;
        }
        Refuse(Misfit.Wrong(name, Raw(), "true or false"));
        return null;
    }

    private string? Text(string name)
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            return Decoded(name);
        }
        Refuse(Misfit.Wrong(name, Raw(), "a string"));
        return null;
    }

    /// <summary>The text of a string or of a member's name; null when it is none.</summary>
    private string? Decoded(string name)
    {
        if (IsText())
        {
            return _json.GetString();
        }
        Refuse(Misfit.NoText(name, Encoding.UTF8.GetString(_json.ValueSpan)));
        return null;
    }

    /// <summary>False with half a surrogate pair in it, which only an escape can say.</summary>
    private readonly bool IsText()
    {
        if (!_json.ValueIsEscaped)
        {
            return true;
        }
        try
        {
            return _json.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The value as it came, of which nothing is left to read then; a string without its quotes.</summary>
    private string Raw()
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            return Encoding.UTF8.GetString(_json.ValueSpan);
        }
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return Encoding.UTF8.GetString(_payload[start..(int)_json.BytesConsumed]);
    }

    /// <summary>The first fault is told.</summary>
    private void Refuse(JobsException? refusal) => Rejection ??= refusal is null ? null : Rejection.Of(refusal);
}

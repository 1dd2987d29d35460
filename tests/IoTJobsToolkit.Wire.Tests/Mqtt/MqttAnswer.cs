using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>What came back on which topic to a message on <paramref name="Asked"/>.</summary>
internal sealed record MqttAnswer(string Asked, string Topic, string Payload)
{
    public JsonObject Json => JsonNode.Parse(Payload)!.AsObject();

    /// <summary>Asserts the payload to the letter.</summary>
    public void IsAccepted(string payload) => Assert.Equal(($"{Asked}/accepted", payload), (Topic, Payload));

    /// <summary>Asserts the payload to the letter.</summary>
    public void IsRejected(string payload) => Assert.Equal(($"{Asked}/rejected", payload), (Topic, Payload));

    public MqttAnswer HasCode(string code, params string[] named)
    {
        Assert.Equal($"{Asked}/rejected", Topic);
        Assert.Equal(code, (string?)Json["code"]);
        Assert.All(named, word => Assert.Contains(word, (string)Json["message"]!, StringComparison.Ordinal));
        return this;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumNet.Cli.Output;

namespace QuantumNet.Cli.Mcp;

/// <summary>What a tool answers: results within bounds, errors and warnings.</summary>
/// <param name="skip">Results left out before the first.</param>
/// <param name="first">Results at most.</param>
/// <param name="properties">Only these properties of each result; all when empty.</param>
internal sealed class ToolResult(int skip, int first, string[] properties)
{
    /// <summary>Results at most, unless the program asks for more.</summary>
    public const int UsualCount = 50;
    /// <summary>Results at most, whatever the program asks for.</summary>
    public const int MostCount = 1000;

    // A model reads all of it.
    private const int MostCharacters = 400_000;
    private const int MostMessages = 50;

    private readonly object _gate = new();
    private readonly JsonArray _results = [], _errors = [], _warnings = [];
    private int _seen, _leftOut, _length;

    /// <summary>Whether nothing came of it.</summary>
    public bool IsFailure => _results.Count == 0 && _errors.Count > 0;

    /// <summary>Takes a result.</summary>
    public void Add(object value)
    {
        lock (_gate)
        {
            if (_seen++ < skip)
                return;
            if (_leftOut > 0 || _results.Count >= first)
            {
                _leftOut++;
                return;
            }
            JsonNode? result = Chosen(JsonSerializer.SerializeToNode(value, JsonResults.Options));
            _length += result?.ToJsonString().Length ?? 0;
            if (_length > MostCharacters && _results.Count > 0)
                _leftOut++;
            else
                _results.Add(result);
        }
    }

    /// <summary>Takes an error.</summary>
    public void Add(QuantumError error)
    {
        lock (_gate)
        {
            if (_errors.Count < MostMessages)
                _errors.Add(JsonSerializer.SerializeToNode(error, JsonResults.Options));
        }
    }

    /// <summary>Takes a warning.</summary>
    public void Warn(string text)
    {
        lock (_gate)
        {
            if (_warnings.Count < MostMessages)
                _warnings.Add(text);
        }
    }

    /// <summary>The answer.</summary>
    public JsonElement ToJson()
    {
        lock (_gate)
        {
            return JsonSerializer.SerializeToElement(new JsonObject
            {
                ["results"] = _results.DeepClone(),
                ["errors"] = _errors.DeepClone(),
                ["warnings"] = _warnings.DeepClone(),
                ["left_out"] = _leftOut,
            }, JsonResults.Options);
        }
    }

    private JsonNode? Chosen(JsonNode? result)
    {
        if (properties.Length == 0 || result is not JsonObject whole)
            return result;
        JsonObject chosen = [];
        foreach ((string name, JsonNode? value) in whole)
        {
            if (properties.Contains(name, StringComparer.OrdinalIgnoreCase))
                chosen[name] = value?.DeepClone();
        }
        return chosen;
    }
}

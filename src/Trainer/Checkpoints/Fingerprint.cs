using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Checkpoints;

/// <summary>
/// What must be the same for a training to go on where another stopped: the network, how it is trained, and the data. A line a fact, so that a
/// difference can be named. The number of epochs and of threads may change.
/// </summary>
internal sealed class Fingerprint
{
    /// <summary>Properties that say how far something is, or what other lines say.</summary>
    private static readonly string[] Passing = ["Index", "IsBuilt", "IsTrainable", "Iterations", "LearningRate", "ModelSeed", "Name", "NeedsClosure", "ParameterCount", "SlotCount"];

    private Fingerprint(IReadOnlyList<string> lines) => Lines = lines;

    public IReadOnlyList<string> Lines { get; }

    /// <summary>The facts of a call of Fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">What it was compiled with.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="data">The data, weighted by classes already.</param>
    public static Fingerprint Of(Model model, TrainingState state, FitOptions options, TrainingData data)
    {
        var lines = new List<string>();
        foreach (Layer layer in model.Layers)
        {
            lines.Add($"layer '{layer.Name}' = {Describe(layer)} to {Layer.Batched(layer.OutputShape)}");
        }

        foreach (Parameter parameter in model.Parameters)
        {
            string regularizer = parameter.Regularizer is { } penalty ? $", {Describe(penalty)}" : "";
            lines.Add($"parameter '{parameter.Name}' = {parameter.Shape}{(parameter.IsTrainable ? "" : ", frozen")}{regularizer}");
        }

        Optimizer optimizer = state.Optimizer;
        lines.Add($"optimizer = {Describe(optimizer)}{(optimizer.Schedule is { } schedule ? $", {Describe(schedule)}" : "")}");
        for (int i = 0; i < state.Heads.Count; i++)
        {
            TrainingHead head = state.Heads[i];
            lines.Add(Invariant($"loss of output '{model.OutputNames[i]}' = {Describe(head.Loss)} times {head.Weight}"));
            lines.Add($"metrics of output '{model.OutputNames[i]}' = {string.Join(", ", head.Metrics.Select(metric => $"{metric.Name} {Describe(metric)}"))}");
        }

        lines.Add(Invariant($"seed = {model.Seed}"));
        lines.Add(Invariant($"first epoch = {options.InitialEpoch}"));
        lines.Add(Invariant($"batch size = {options.BatchSize}"));
        lines.Add($"shuffling = {options.Shuffle}");
        lines.Add($"augmentation = {(options.Augmentation is { } augmentation ? Describe(augmentation) : "none")}");
        lines.Add(Invariant($"validation split = {options.ValidationSplit}"));
        lines.Add($"training data = {Describe(data)}");
        lines.Add($"validation data = {(options.ValidationData is { } validation ? Describe(validation) : "none")}");
        return new Fingerprint(lines);
    }

    /// <summary>The first difference from a checkpoint's facts in words, or null where there is none.</summary>
    public string? DifferenceFrom(IReadOnlyList<string> saved)
    {
        for (int i = 0; i < Math.Max(Lines.Count, saved.Count); i++)
        {
            string mine = i < Lines.Count ? Lines[i] : "nothing more";
            string other = i < saved.Count ? saved[i] : "nothing more";
            if (mine != other)
            {
                return $"expected {mine}, got {other}";
            }
        }

        return null;
    }

    /// <summary>A type and its public settings: numbers, texts, choices. Objects of user code are described by the same rule.</summary>
    private static string Describe(object value)
    {
        IEnumerable<string> settings = value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && !Passing.Contains(property.Name) && IsSetting(property.PropertyType))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name} {Text(property.GetValue(value))}");
        return $"{value.GetType().Name}({string.Join(", ", settings)})";
    }

    private static bool IsSetting(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Activation) || type == typeof(Size2D) || type == typeof(Padding);
    }

    private static string? Text(object? value) => value switch
    {
        null => "none",
        Activation activation => activation.Name,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Describe(TrainingData data)
    {
        IEnumerable<Tensor<float>> tensors = data.Inputs.Concat(data.Targets);
        uint crc = 0;
        foreach (Tensor<float> tensor in data.SampleWeights is { } weights ? tensors.Append(weights) : tensors)
        {
            crc = Crc32C.Compute(MemoryMarshal.AsBytes<float>(tensor.Span), crc);
        }

        return $"{string.Join(", ", data.Inputs.Select(x => x.Shape))} to {string.Join(", ", data.Targets.Select(y => y.Shape))}{(data.SampleWeights is null ? "" : ", weighted")}, CRC-32C {crc:x8}";
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>One operator on given inputs, with what its definition says it gives.</summary>
/// <param name="Name">What the case is about.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Inputs">Its inputs; null is an omitted one.</param>
/// <param name="Expected">The first output.</param>
internal sealed record OperatorCase(string Name, Operator Operator, Tensor?[] Inputs, Tensor Expected)
{
    /// <summary>The outputs behind the first, if they are asked for.</summary>
    public Tensor[] Others { get; init; } = [];

    /// <summary>The oldest opset that can say what the case says, where it is newer than the operator's first.</summary>
    public long MinOpset { get; init; }

    /// <summary>Why ONNX Runtime is not asked to agree: it has no kernel, or departs from the definition. Null where it is.</summary>
    public string? OnnxRuntimeGap { get; init; }

    /// <summary>A model of the one node; its inputs are the caller's, or constants.</summary>
    public OnnxModel ToModel(bool constants, long opset = OnnxModel.DefaultOpset)
    {
        var builder = new ModelBuilder();
        var names = new string[Inputs.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (Inputs[i] is not { } tensor)
            {
                names[i] = "";
            }
            else if (constants)
            {
                names[i] = builder.Constant(tensor);
            }
            else
            {
                names[i] = $"x{i}";
                builder.Input(names[i], tensor.ElementType, SymbolicShape.From(tensor.Shape));
            }
        }

        string[] outputs = [.. Enumerable.Range(0, Others.Length + 1).Select(i => $"y{i}")];
        OnnxModel model = builder.Node(Operator, names, outputs).Output(outputs).Build(Math.Max(opset, Math.Max(MinOpset, Operator.Domain.Length > 0 ? 0 : OperatorTable.Find("", Operator.OpType)?.SinceVersion ?? 0)));
        if (Operator.Domain.Length > 0)
        {
            model.OpsetImports[Operator.Domain] = OperatorTable.Find(Operator.Domain, Operator.OpType)!.MaxVersion;
        }

        return model;
    }

    /// <summary>The inputs by the names of <see cref="ToModel"/>.</summary>
    public Dictionary<string, Tensor> Feeds() =>
        Inputs.Select((tensor, i) => (tensor, i)).Where(pair => pair.tensor is not null).ToDictionary(pair => $"x{pair.i}", pair => pair.tensor!);

    /// <summary>Asserts that these are the outputs.</summary>
    public void AssertOutputs(OrderedDictionary<string, Tensor> actual)
    {
        Tensor[] expected = [Expected, .. Others];
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Elements.AssertClose(expected[i], actual.GetAt(i).Value, 2e-6);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace Toolkit.Onnx.Operators;

/// <summary>
/// What one of two subgraphs gives, chosen by a value. Input: condition (bool, one element). Outputs: those of the branch.
/// https://onnx.ai/onnx/operators/onnx__If.html
/// </summary>
/// <param name="ThenBranch">What runs where the condition holds. It takes no inputs of its own.</param>
/// <param name="ElseBranch">What runs where it does not.</param>
public sealed record If(OnnxGraph ThenBranch, OnnxGraph ElseBranch) : ControlFlowOperator
{
    internal static Operator Read(AttributeReader reader) => new If(reader.Graph("then_branch"), reader.Graph("else_branch"));

    /// <inheritdoc/>
    public override IReadOnlyList<OnnxGraph> Graphs => [ThenBranch, ElseBranch];

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Graph("then_branch", ThenBranch);
        writer.Graph("else_branch", ElseBranch);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireTensor(0);
        context.RequireType(0, ElementTypeSet.Bool);
        RequireCount(context, ThenBranch.Inputs.Count, 0, "inputs of then_branch");
        RequireCount(context, ElseBranch.Inputs.Count, 0, "inputs of else_branch");
        RequireCount(context, ElseBranch.Outputs.Count, ThenBranch.Outputs.Count, "outputs of else_branch, as many as of then_branch");
        RequireOutputs(context, ThenBranch.Outputs.Count);
        if (context.Shape(0)?.ElementCount is { } count and not 1)
        {
            throw context.Error($"expected a condition of one element, got {count}.");
        }

        // Where the condition is known, the other branch need not even fit its values.
        bool? condition = (context.Constant(0) as Numerics.Tensor<bool>)?.Span[0];
        IReadOnlyList<InferredValue>? then = condition != false ? InferGraph(context, 0) : null;
        IReadOnlyList<InferredValue>? otherwise = condition != true ? InferGraph(context, 1) : null;
        for (int i = 0; i < context.OutputCount; i++)
        {
            SetOutput(context, i, then is null ? otherwise![i] : otherwise is null ? then[i]
                : Merge(context, then[i].WithoutElements(), otherwise[i].WithoutElements(), $"output {i} of its branches"));
        }
    }
}

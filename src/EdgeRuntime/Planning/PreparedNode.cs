using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>A node of the compiled graph with its kernel; values are numbers in <see cref="CompiledProgram"/>, -1 an omitted one.</summary>
internal sealed record PreparedNode(GraphNode Node, OperatorKernel Kernel, int[] Inputs, int[] Outputs);
